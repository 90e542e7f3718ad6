/** What every token of a gateway begins with, so that scanners of secrets find one that leaked. */
export const TOKEN_PREFIX = "coagw_";
