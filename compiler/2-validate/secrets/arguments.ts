import type { Assignment } from "./contents.ts";
import { looksDrawn } from "./values.ts";

type Argument = Omit<Assignment, "start"> & { index: number };

/** Flags that take a password where their name does not say so; `glued` without a space between, as mysql has it. */
const PROGRAMS: Record<string, { glued?: string; flags?: readonly string[]; user?: readonly string[] }> = {
  mysql: { glued: "-p" },
  mysqldump: { glued: "-p" },
  mysqladmin: { glued: "-p" },
  mysqlimport: { glued: "-p" },
  mysqlcheck: { glued: "-p" },
  mariadb: { glued: "-p" },
  "mariadb-dump": { glued: "-p" },
  "mariadb-admin": { glued: "-p" },
  "redis-cli": { flags: ["-a"] },
  sshpass: { flags: ["-p"], glued: "-p" },
  mongo: { flags: ["-p"] },
  mongosh: { flags: ["-p"] },
  mongodump: { flags: ["-p"] },
  mongorestore: { flags: ["-p"] },
  docker: { flags: ["-p"] },
  podman: { flags: ["-p"] },
  nerdctl: { flags: ["-p"] },
  helm: { flags: ["-p"] },
  oras: { flags: ["-p"] },
  crane: { flags: ["-p"] },
  skopeo: { flags: ["-p"] },
  az: { flags: ["-p"] },
  oc: { flags: ["-p"] },
  sqlcmd: { flags: ["-P"], glued: "-P" },
  bcp: { flags: ["-P"], glued: "-P" },
  ldapsearch: { flags: ["-w"] },
  ldapadd: { flags: ["-w"] },
  ldapmodify: { flags: ["-w"] },
  ldapwhoami: { flags: ["-w"] },
  smbclient: { user: ["-U"] },
  curl: { user: ["-u", "--user", "-U", "--proxy-user"] },
  http: { user: ["-a", "--auth"] },
  https: { user: ["-a", "--auth"] },
  ab: { user: ["-A"] },
  unzip: { flags: ["-P"] },
  zip: { flags: ["-P"] },
  "7z": { glued: "-p" },
};

/** Programs whose `-p` is a password only when they log in. */
const LOGIN = /^(?:docker|podman|nerdctl|helm|oras|crane|skopeo|az|oc)$/;

/**
 * What a command line hands over by name: `--name=value`, `--name value`, `NAME=value`, headers, and the flags of
 * common programs.
 */
export function* argumentsOf(line: readonly string[]): Generator<Argument> {
  let program = "";
  for (const [index, argument] of line.entries()) {
    if (/^[|;&]+$/.test(argument)) program = "";
    const base = argument.slice(argument.lastIndexOf("/") + 1);
    if (Object.hasOwn(PROGRAMS, base)) program = base;
    const [, assigned, value] = /^(?:--?|-D)?([A-Za-z_][\w.-]{0,100}|X-[\w-]+)[=](.*)$/s.exec(argument) ?? [];
    const header = /^([A-Za-z][\w-]{1,60}):\s{0,5}(\S.*)$/s.exec(argument);
    if (assigned !== undefined)
      yield {
        name: assigned === "user" && looksDrawn(value!.slice(value!.indexOf(":") + 1)) ? "basic auth" : assigned,
        value: value!,
        index,
      };
    if (header && /^(?:-H|--header|--headers)$/.test(line[index - 1] ?? ""))
      yield { name: header[1]!, value: header[2]!, index };
    const [, flag] = /^--?([A-Za-z][\w.-]*)$/.exec(argument) ?? [];
    const next = line[index + 1];
    if (flag !== undefined && flag.length > 1 && next !== undefined && !/^--?[A-Za-z]/.test(next))
      yield { name: flag, value: next, index: index + 1 };
    const { glued, flags, user } = PROGRAMS[program] ?? {};
    if (glued !== undefined && argument.startsWith(glued) && argument.length > glued.length + 2)
      yield { name: "password", value: argument.slice(glued.length), index };
    if (next === undefined || (LOGIN.test(program) && !line.includes("login"))) continue;
    if (flags?.includes(argument) && !next.startsWith("-")) yield { name: "password", value: next, index: index + 1 };
    if (user?.includes(argument)) yield { name: "basic auth", value: next, index: index + 1 };
  }
}

/** The words of a command line as a shell takes it apart, near enough to see what is handed over. */
export const shellWords = (line: string): string[] =>
  [...line.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'|;&\\])+|[|;&]+/g)].map(([word]) =>
    word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ""),
  );

/** Whether a text is worth being read as a command line. */
export const isCommandLine = (text: string): boolean =>
  /(?:^|[\s/])(?:mysql|mariadb|redis-cli|sshpass|mongo|docker|podman|helm|az|sqlcmd|ldap\w+|curl|wget)\b|\s--?[A-Za-z]|^\s*(?:export\s+)?[A-Z_]+=\S/m.test(
    text,
  ) && /\s/.test(text);
