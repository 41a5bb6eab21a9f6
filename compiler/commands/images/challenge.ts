/** What a registry answers with 401: how it wants to be asked (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In small letters. */
  scheme: string;
  parameters: Readonly<Record<string, string>>;
}

/** A token, or what may stand between quotes with backslashes before what they quote (RFC 9110, 5.6). */
const PARAMETER = /([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

/** A header may hold several: the first one whose scheme is known here, a token before a password. */
export function challengeIn(header: string): Challenge | undefined {
  const all = [...header.matchAll(/(?:^|,\s*)(Bearer|Basic)(?=\s|$|,)/gi)].map((match, index, matches) => ({
    scheme: match[1]!.toLowerCase(),
    parameters: parametersIn(header.slice(match.index + match[0].length, matches[index + 1]?.index)),
  }));
  return all.find(({ scheme }) => scheme === "bearer") ?? all[0];
}

const parametersIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(PARAMETER)].map(([, name, quoted, plain]) => [
      name!.toLowerCase(),
      quoted?.replace(/\\(.)/g, "$1") ?? plain!,
    ]),
  );
