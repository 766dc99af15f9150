import { currentVisitor } from '../../visitor/visitor';

/**
 * What the documentation's examples call the user's token: an application has it of its sign-in, this page of its visitor.
 */
export const userToken = currentVisitor().token;

/** As fresh as it gets here. */
export const newToken = userToken;
