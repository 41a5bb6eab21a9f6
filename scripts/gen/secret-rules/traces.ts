import type { SecretRule } from "../../../compiler/2-validate/secrets/rules.ts";

/**
 * How what a rule finds begins, for one regular expression over all texts; each begins with a literal, since these are
 * what it is fast with. gitleaks' keywords do for most, with the case that they have in the rule; those below are
 * ordinary words, or too short. shapes.ts looks for what has its literal at its end.
 */
const TRACES: Record<string, readonly string[]> = {
  "atlassian-api-token": ["ATATT3"],
  "azure-ad-client-secret": [],
  "clickhouse-cloud-api-secret-key": ["4b1d[A-Za-z0-9]{16}"],
  "cloudflare-origin-ca-key": ["v1\\.0-[a-f0-9]{8}"],
  "databricks-api-token": ["dapi[a-f0-9]{16}"],
  "facebook-page-access-token": ["EAAM", "EAAC"],
  "flyio-access-token": ["fo1_", "fm1a_", "fm1r_", "fm2_"],
  "gitlab-session-cookie": ["_gitlab_session="],
  "harness-api-key": ["pat\\.[\\w-]{22}\\.", "sat\\.[\\w-]{22}\\."],
  "infracost-api-token": ["ico-[a-zA-Z0-9]{16}"],
  "intra42-client-secret": ["s-s4t2"],
  jwt: ["ey[a-zA-Z0-9]{17}"],
  "maxmind-license-key": [],
  "octopus-deploy-api-key": ["API-[A-Z0-9]{8}"],
  "openai-api-key": ["sk-[A-Za-z0-9_-]{20}"],
  "pulumi-api-token": ["pul-[a-f0-9]{16}"],
  "sendgrid-api-token": ["SG\\.[A-Za-z0-9_.=-]{24}"],
  "slack-config-access-token": ["xoxe\\.xox"],
  "square-access-token": ["EAAA[A-Za-z0-9_-]{8}", "sq0atp-"],
  "twilio-api-key": ["SK[0-9a-fA-F]{8}"],
  "vault-service-token": ["hvs\\.", "s\\.[A-Za-z0-9]{24}"],
};

export const traceOf = ({ id, keywords, regex }: SecretRule): readonly string[] =>
  TRACES[id] ?? keywords.map((keyword) => literally(new RegExp(literally(keyword), "i").exec(regex)?.[0] ?? keyword));

export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
