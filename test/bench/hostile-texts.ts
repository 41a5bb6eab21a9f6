import { redact, secretDiagnostics } from "../../compiler/2-validate/secrets/index.ts";
import { ownShapes } from "../../compiler/2-validate/secrets/own-shapes.ts";
import { shapedSecrets } from "../../compiler/2-validate/secrets/rules.ts";
import { args, env, file, planted } from "../../compiler/2-validate/secrets/test/places.ts";

/**
 * Texts that patterns which try one way after the other are slow with: what they begin with, again and again, and never
 * their end.
 */
const beginnings = [
  "a",
  "1",
  "-",
  " ",
  "=",
  ":",
  "/",
  '"',
  "\\",
  "\n",
  "a=",
  "a:",
  "a1",
  "aB1",
  "://",
  "://a:",
  "://a:b",
  "?key=",
  "&sig=a",
  "<a ",
  "<a>",
  '<a name="password"',
  "{a: ",
  "-----BEGIN ",
  "-----BEGIN PRIVATE KEY-----",
  "password ",
  "password=",
  'password="',
  "PASSWORD '",
  "create ",
  "user a on >",
  "machine a ",
  "a:1:a:a:",
  "eyJaaaaaaaaaaaaaaaaaaaaa.",
  "eyJ",
  "ghp_",
  "xapp-1-A",
  "sk-ant-",
  "glpat-",
  "hvs.",
  "AKIA",
  "pypi-AgEIcHlwaS5vcmc",
  "ops_eyJ",
  "fm1r_",
  "EAACa",
  "SG.",
  "LS0tLS1CRUdJTi",
  "$argon2id$",
  "$6$a$",
  "jdbc:oracle:thin:a",
  "AccountKey=",
  "curl -u ",
  "--token ",
  "token: ",
  "datadog_",
  "token_key_secret ",
  "kind: Secret\ndata:\n",
  "key: value\n",
  "- name: TOKEN\n",
  "secret, ",
  "api_key => ",
  "'token' => '",
];

/** CPU microseconds of one pass, the shortest of three. */
function timeOf(work: () => unknown): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      return user + system;
    }),
  );
}

const passes: Record<string, (text: string) => unknown> = {
  "as a variable": (text) => secretDiagnostics(planted(env("TOKEN", text))),
  "as a file": (text) => secretDiagnostics(planted(file("app.ini", text))),
  "as an argument": (text) => secretDiagnostics(planted(args("sh", "-c", text))),
  "as a source line": (text) => redact(text),
  "by gitleaks' shapes": (text) => shapedSecrets(text),
  "by own shapes": (text) => ownShapes.map(({ regex }) => [...text.matchAll(regex)].length),
};

/** Where the time is too short for a ratio to say anything, in microseconds. */
const FLOOR = 4_000;

/** How much longer each pass takes for a text four times as long, at its worst beginning. */
export const hostileTexts = (): { title: string; ratio: number; beginning: string }[] =>
  Object.entries(passes).map(([title, pass]) => {
    const ratios = beginnings.map((beginning) => {
      const text = (length: number) => beginning.repeat(Math.ceil(length / beginning.length)).slice(0, length);
      pass(text(1000)); // what is compiled once
      const [short, long] = [text(16_000), text(64_000)].map((each) => timeOf(() => pass(each))) as [number, number];
      return { title, ratio: Math.max(long, FLOOR) / Math.max(short, FLOOR), beginning };
    });
    return ratios.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  });
