/** Stands for the token where it is known that there is none. No token begins with a line break. */
export const guest = '\nguest';
