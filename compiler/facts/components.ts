/**
 * The version of eco-compile's own components (`runtime/`) that the compiled configuration fits: that of their
 * package.json.
 */
export const COMPONENTS = "0.1.0";

/** Where the image of a component is. */
export const componentImage = (registry: string, component: string): string => `${registry}/${component}`;
