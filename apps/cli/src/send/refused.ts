/** The exit status of a request that was refused, cut, or not answered. */
export const REFUSED = 3;
