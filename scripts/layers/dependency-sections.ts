/** Sections of a package.json that somebody who installs the package gets too. */
export const PUBLISHED_SECTIONS = ["dependencies", "peerDependencies", "optionalDependencies"] as const;

/** Every section of a package.json that names other packages. */
export const DEPENDENCY_SECTIONS = [
  "dependencies",
  "peerDependencies",
  "optionalDependencies",
  "devDependencies",
] as const;
