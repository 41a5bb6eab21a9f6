import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/**
 * Whether to colour: FORCE_COLOR decides (force-color.org), then NO_COLOR (no-color.org), then whether people read it.
 */
export function wantsColor(env: Readonly<Record<string, string | undefined>>, stream: { isTTY?: boolean }): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = env;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return stream.isTTY === true && term !== "dumb";
}

/** Newer versions of Node look at the terminal themselves; whoever calls has decided already. */
export const painter = (color: boolean): Paint =>
  color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
