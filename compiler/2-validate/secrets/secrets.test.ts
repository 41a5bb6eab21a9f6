import { test } from "uvu";
import * as assert from "uvu/assert";
import { render } from "../../diagnostics/render.ts";
import { changed, findings } from "../test/change.ts";
import { redact, secretDiagnostics, secretIn } from "./index.ts";
import { lookAlikes } from "./test/look-alikes.ts";
import { moreLookAlikes, morePlanted } from "./test/more.ts";
import { env, file, merge, planted as plantedIn } from "./test/places.ts";
import { planted } from "./test/planted.ts";
import { hex, mixed, password } from "./test/random.ts";
import { looksDrawn } from "./values.ts";

const categories = { ...planted, "other providers, programs and formats": morePlanted };
const benign = [...lookAlikes, ...moreLookAlikes];

for (const [category, list] of Object.entries(categories)) {
  test(`of ${list.length} secrets among ${category} 95 % are found`, () => {
    const missed = list.filter(([, place]) => secretDiagnostics(plantedIn(place)).length === 0).map(([title]) => title);
    assert.ok(missed.length <= list.length * 0.05, `missed: ${missed.join(", ")}`);
  });
}

test(`of ${benign.length} look-alikes at most 2 % are taken for secrets`, () => {
  const taken = benign.flatMap(([, place]) => secretDiagnostics(plantedIn(place)).map(({ message }) => message));
  assert.ok(taken.length <= benign.length * 0.02, taken.join("\n"));
});

test("the ecosystem that writes everything has none", () => assert.equal(secretDiagnostics(changed()), []));

test("no finding repeats anything of its secret, in any reporter, and each stands at its literal", () => {
  for (const [title, place] of Object.values(categories).flat()) {
    const diagnostics = secretDiagnostics(plantedIn(place));
    const texts = (["pretty", "json", "github", "sarif", "markdown"] as const).map((reporter) =>
      render({ diagnostics, summary: { lines: [] } }, reporter, { color: false, width: 200 }),
    );
    const parts = textsOf(place[1])
      .flatMap((text) => text.split(/[^\w+/~-]+/))
      .filter((part) => part.length >= 12 && /\d/.test(part) && looksDrawn(part));
    for (const text of [...texts, JSON.stringify(diagnostics)])
      for (const part of parts) assert.not.ok(text.includes(part), `${title}: ${text}`);
    for (const { id, at, frame, severity } of diagnostics) {
      assert.equal([id, frame, severity], ["config/secret", "", "error"]);
      assert.ok(at.startsWith(place[0]), `${at} is not below ${place[0]}`);
    }
  }
});

/** All texts of a value; of its keys those that are secrets themselves. */
const textsOf = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : value !== null && typeof value === "object"
      ? Object.entries(value).flatMap(([key, child]) => [...(secretIn(key) ? [key] : []), ...textsOf(child)])
      : [];

test("a file's secrets are said one by one, with line and key", () => {
  const content = `[db]\nhost = db\ndb_password=${"hunter2"}-x1\n\n[mail]\nport = 25\nsmtp_token = ${mixed(30)}\n`;
  assert.equal(
    findings(changed(file("app.ini", content))).map(({ at, message }) => [at, message]),
    [3, 7].map((line, index) => [
      'services.web.config.files["app.ini"]',
      `line ${line} (${["db_password", "smtp_token"][index]}) of services.web.config.files["app.ini"] holds what looks like a secret, by its name`,
    ]),
  );
});

test("a key that is a token is not written into the path", () => {
  const [name] = [`ghp_${mixed(36)}`];
  assert.equal(
    findings(changed(env(name, "1"))).map(({ at, message }) => [at, message]),
    [["services.web.config.env", "a key of services.web.config.env holds what looks like a GitHub token"]],
  );
});

test("an environment variable with a secret's name is one, unless its value cannot be", () => {
  const found = (variables: Record<string, string>) =>
    findings(changed(["services.web.config.env", variables])).map(({ id, at }) => `${id} ${at}`);
  for (const name of [
    "PASSWORD",
    "DB_PASSWORD",
    "db-passwd",
    "API_KEY",
    "APIKEY",
    "STRIPE_SECRET",
    "ACCESS_KEY",
    "AUTH_TOKEN",
    "TOKEN",
    "SSH_PRIVATE_KEY",
  ]) {
    assert.equal(found({ [name]: "hunter2" }), [`config/secret services.web.config.env.${name}`], name);
  }
  for (const name of ["PASSWORD_FILE", "TOKENIZER", "SECRETARY", "KEY", "TOKEN_URL", "PUBLIC_KEY"])
    assert.equal(found({ [name]: "hunter2" }), [], name);
  for (const value of ["", "true", "false", "4096", "$(OTHER_VARIABLE)"])
    assert.equal(found({ MAX_TOKEN: value }), [], value);
  assert.equal(found({ ADMIN_PASSWORD: "changeme" }).length, 1, "a default is what people forget to change");
});

/** Source lines as they stand around another finding. */
const sources: readonly (readonly [source: string, hidden: string | undefined])[] = [
  [`      env: { DB_PASSWORD: "hunter2", PORT: "80" },`, "hunter2"],
  [`    DB_PASSWORD: 12345678,`, "12345678"],
  [`      args: ["--token=${mixed(32)}"],`, undefined],
  [`  "app.ini": "[db]\\npassword=hunter2x\\n",`, "hunter2x"],
  [`// password: "${password()}"`, undefined],
];
test("source lines around another finding show no secret either", () => {
  for (const [source, hidden] of sources) {
    const secret = hidden ?? source.match(/[\w!$#]{9,}(?=")/)![0];
    const shown = redact(source);
    assert.is(shown.length, source.length);
    assert.not.ok(shown.includes(secret), shown);
    assert.match(shown, /\*{7}/);
  }
});

test("what refers to a secret is shown", () => {
  for (const text of [
    'secrets: [{ secret: "db-password", env: true }],',
    'token: "runner-token",',
    '"db-password": { store: "gcp", path: "db-password" },',
    "there is no secret db-pasword",
    "const token = process.env.TOKEN;",
    'passwordFile: "/run/secrets/db",',
    `image: "x@sha256:${hex(64)}"`,
  ])
    assert.is(redact(text), text);
});

test("a token is hidden wherever it stands, at its length", () => {
  for (const [, [, value]] of planted["shapes of providers"]!) {
    const [token] = Object.values(value as Record<string, string>);
    const text = `before ${token} after`;
    if (/^.{6}\..{16}$/.test(token!)) continue; // a bootstrap token is one only where it stands alone
    const redacted = redact(text);
    assert.is(redacted.length, text.length);
    assert.match(redacted, /\*{8}/);
  }
});

test("a number under a secret's name is one in a patch", () =>
  assert.is(secretDiagnostics(plantedIn(merge("Values", { auth: { password: 12345678 } }))).length, 1));

test.run();
