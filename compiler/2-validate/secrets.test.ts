import { test } from "uvu";
import * as assert from "uvu/assert";
import { redact, secretIn } from "./secrets.ts";
import { changed, findings } from "./test/change.ts";

/** Made up here, in two parts each, so that no scanner takes this file for a leak. */
const examples: Record<string, string> = {
  "a private key": `-----BEGIN RSA ${"PRIVATE"} KEY-----\nMIIE`,
  "an AWS access key": `${"AKIA"}ABCDEFGHIJKLMNOP`,
  "a GitHub token": `${"ghp_"}${"a1B2".repeat(9)}`,
  "a GitLab token": `${"glpat-"}${"a1B2".repeat(5)}`,
  "a Google API key": `${"AIza"}${"a1B2-".repeat(7)}`,
  "a Slack token": `${"xoxb-"}123456789012-abcdef`,
  "a Slack webhook": `https://${"hooks.slack.com"}/services/T0123ABCD/B0123ABCD/abcdEFGH1234`,
  "a Stripe key": `${"sk_live_"}${"a1B2".repeat(6)}`,
  "an Anthropic API key": `${"sk-ant-"}api03-${"a1B2".repeat(6)}`,
  "an OpenAI API key": `${"sk-proj-"}${"a1B2".repeat(12)}`,
  "an npm token": `${"npm_"}${"a1B2".repeat(9)}`,
  "a JSON web token": `${"eyJ"}hbGciOiJIUzI1NiJ9.${"eyJ"}zdWIiOiIxMjM0NTY3In0.${"a1B2".repeat(6)}`,
  "a password in a URL": `postgres://user:${"hunter2"}@db.example:5432/shop`,
};

for (const [what, text] of Object.entries(examples)) {
  test(`${what} is found wherever it stands, and never repeated`, () => {
    for (const whole of [text, `before ${text} after`, `line\n${text}\nline`]) {
      assert.is(secretIn(whole), what);
      const [finding, ...more] = findings(changed(["services.web.config.files", { "app.conf": whole }]));
      assert.equal(more, []);
      assert.is(finding!.id, "config/secret");
      assert.is(finding!.at, 'services.web.config.files["app.conf"]');
      assert.is(finding!.frame, "", "the source line would show it");
      assert.is(finding!.message, `services.web.config.files["app.conf"] holds what looks like ${what}`);
      assert.not.ok(JSON.stringify(finding).includes(text));
    }
  });

  test(`${what} becomes stars of the same length`, () => {
    const redacted = redact(`x ${text} y`);
    assert.is(redacted.length, text.length + 4);
    assert.match(redacted, /\*{8}/);
    assert.is(secretIn(redacted), undefined);
  });
}

const innocent = [
  "", "sk", "a sk-etch", "ghp_short", "AKIA", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "https://user@example.com/path", "https://example.com:8080/a@b", "git@github.com:acme/platform.git",
  "postgres://user:$(PASSWORD)@db.example/shop", "postgres://user:${PASSWORD}@db.example/shop", "-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "eyJust a text", "kv/checkout/stripe", "arn:aws:iam::111122223333:role/platform",
];
test("ordinary texts are no secrets", () => {
  for (const text of innocent) {
    assert.is(secretIn(text), undefined, text);
    assert.is(redact(text), text);
  }
});

test("an environment variable with a secret's name is one, unless its value cannot be", () => {
  const found = (env: Record<string, string>) => findings(changed(["services.web.config.env", env])).map(({ id, at }) => `${id} ${at}`);
  for (const name of ["PASSWORD", "DB_PASSWORD", "db-passwd", "API_KEY", "APIKEY", "STRIPE_SECRET", "ACCESS_KEY", "AUTH_TOKEN", "TOKEN", "SSH_PRIVATE_KEY"]) {
    assert.equal(found({ [name]: "hunter2" }), [`config/secret services.web.config.env.${name}`], name);
  }
  for (const name of ["PASSWORD_FILE", "TOKENIZER", "SECRETARY", "KEY", "TOKEN_URL", "PUBLIC_KEY"]) assert.equal(found({ [name]: "hunter2" }), [], name);
  for (const value of ["", "true", "false", "4096", "$(OTHER_VARIABLE)"]) assert.equal(found({ MAX_TOKEN: value }), [], value);
});

test.run();
