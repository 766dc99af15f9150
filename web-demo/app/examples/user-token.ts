/** Whoever uses the package gets a token from the application's sign-in. This gateway takes any. */
export const userToken = 'demo-token';
