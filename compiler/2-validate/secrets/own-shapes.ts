import { isReference, looksDrawn } from "./values.ts";

/** A form of secret that gitleaks has no rule for, or only a narrower one. */
export interface Shape {
  title: string;
  /** Global, for all of its places in a text. */
  regex: RegExp;
  /**
   * How it begins, for the one regular expression over all texts. Default: the letters and digits that `regex` begins
   * with.
   */
  trace?: string;
  /** A last look at what the regular expression takes for the secret: its first group, else all of it. */
  confirm?: (secret: string) => boolean;
}

/** Of shapes that begin with nothing rare: shapes.ts looks for what is rare in their middle. */
const ANYWHERE = "";

const unreferenced = (secret: string): boolean =>
  !isReference(secret) &&
  !/^(?:password|passwd|pass|pwd|secret|token|user|x+)$/i.test(secret) &&
  !/^\[.*\]$|\$\{?\w|\$\(|\{\{/.test(secret);
const drawn = (secret: string): boolean => unreferenced(secret) && looksDrawn(secret);
const privateKeyInBase64 = (secret: string): boolean =>
  /PRIVATE KEY/.test(Buffer.from(secret.slice(0, 64), "base64").toString("latin1"));

/** Vendors' own documents of their tokens' forms; where there is none, what their scanners' partners publish. */
export const ownShapes: readonly Shape[] = [
  { title: "a private key", regex: /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----/g, trace: "PRIVATE KEY" },
  { title: "a private key in base64", regex: /LS0tLS1CRUdJTi[A-Za-z0-9+/=]{40,}/g, confirm: privateKeyInBase64 },
  { title: "a static key of OpenVPN", regex: /-----BEGIN OpenVPN Static key/g, trace: "OpenVPN Static key" },
  { title: "a PuTTY private key", regex: /PuTTY-User-Key-File-\d/g },
  {
    title: "a GitHub token",
    regex: /gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,}/g,
    trace: "ghp_|gho_|ghu_|ghs_|ghr_|github_pat_",
  },
  {
    title: "a GitLab token",
    regex: /gl(?:pat|dt|rt|ptt|cbt|ft|imt|oas|agent|soat|ffct)-[A-Za-z0-9_-]{20,}/g,
    trace: "glpat-|gldt-|glrt-|glptt-|glcbt-|glft-|glimt-|gloas-|glagent-|glsoat-|glffct-",
  },
  { title: "an AWS access key", regex: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, trace: "AKIA|ASIA" },
  { title: "an npm token", regex: /\bnpm_[A-Za-z0-9]{30,}/g },
  { title: "a PyPI token", regex: /\bpypi-[\w-]{50,}/g },
  { title: "a Hugging Face token", regex: /\bhf_[A-Za-z0-9]{30,}/g },
  { title: "a DigitalOcean token", regex: /\bdo[opr]_v1_[a-f0-9]{40,}/g, trace: "doo_v1_|dop_v1_|dor_v1_" },
  { title: "a SendGrid key", regex: /\bSG\.[\w-]{16,32}\.[\w-]{16,64}/g, trace: "SG\\.[\\w-]{16}" },
  { title: "a Terraform Cloud token", regex: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{20,}/g, trace: "atlasv1" },
  { title: "a Sentry token", regex: /\bsntry[su]_[\w=+/-]{30,}/g },
  {
    title: "a Slack token",
    regex: /\bxox[abeposr]-[A-Za-z0-9-]{10,}/g,
    trace: "xoxa-|xoxb-|xoxe-|xoxp-|xoxo-|xoxs-|xoxr-",
  },
  {
    title: "a Slack webhook",
    regex: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Z0-9]+\/[A-Z0-9]+\/[A-Za-z0-9]+/g,
  },
  {
    title: "a Discord webhook",
    regex: /discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{40,}/g,
    trace: "discord\\.com\\/api\\/webhooks|discordapp\\.com\\/api",
  },
  { title: "a Zapier webhook", regex: /hooks\.zapier\.com\/hooks\/catch\/\w+\/\w+/g },
  { title: "a webhook of Teams", regex: /webhook\.office\.com\/webhook\w*\/[\w@/-]{40,}/g, trace: "webhook\\.office" },
  { title: "an Anthropic API key", regex: /\bsk-ant-[A-Za-z0-9_-]{20,}/g },
  {
    title: "an OpenAI API key",
    regex: /\bsk-(?:proj-|svcacct-|admin-|or-v1-)?[A-Za-z0-9_-]{40,}/g,
    trace: "sk-[\\w-]{20}",
    confirm: drawn,
  },
  { title: "a Stripe webhook's secret", regex: /\bwhsec_[A-Za-z0-9+/=]{24,}/g },
  { title: "a Docker Hub token", regex: /\bdckr_(?:pat|oat)_[\w-]{20,}/g },
  { title: "a Vault token", regex: /\bhv[sbr]\.[\w-]{24,}/g, trace: "hvs\\.|hvb\\.|hvr\\." },
  { title: "a Mailgun key", regex: /\bkey-[0-9a-f]{32}\b/g, trace: "key-[0-9a-f]{16}" },
  { title: "a Mailchimp key", regex: /\b[0-9a-f]{32}-us\d{1,2}\b/g, trace: ANYWHERE },
  { title: "a Telegram bot's token", regex: /(?:\b|bot)\d{8,10}:AA[\w-]{32,34}/g, trace: ANYWHERE },
  {
    title: "a Discord bot's token",
    regex: /\b[MNO][A-Za-z\d_-]{23,25}\.[\w-]{6}\.[\w-]{27,40}/g,
    trace: "M[\\w-]{23,25}\\.|N[\\w-]{23,25}\\.|O[\\w-]{23,25}\\.",
    confirm: drawn,
  },
  {
    title: "a New Relic key",
    regex: /\bNR(?:AK|II|IQ|RA|SP)-[A-Za-z0-9]{27,40}\b|\b[0-9a-f]{36}(?:NRAL|FFFFNRAL)\b/g,
    trace: "NRAK-|NRII-|NRIQ-|NRRA-|NRSP-",
  },
  { title: "an Atlassian token", regex: /\bAT(?:ATT3|CTT3|BB)[A-Za-z0-9_=-]{28,}/g, trace: "ATATT3|ATCTT3|ATBB" },
  {
    title: "a Notion token",
    regex: /\b(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,})\b/g,
    trace: "secret_[A-Za-z0-9]{24}|ntn_",
  },
  { title: "a Linear token", regex: /\blin_(?:api|oauth)_[A-Za-z0-9]{32,}/g, trace: "lin_" },
  { title: "a Square secret", regex: /\bsq0(?:csp|atp|idp)-[\w-]{22,}/g, trace: "sq0" },
  { title: "a Supabase token", regex: /\bsb(?:p|_secret)_[A-Za-z0-9_]{20,}/g, trace: "sbp_|sb_secret_" },
  { title: "an Airtable token", regex: /\bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b/g, trace: "pat[A-Za-z0-9]{14}\\." },
  { title: "a Figma token", regex: /\bfig[dou]_[\w-]{30,}/g, trace: "figd_|figo_|figu_" },
  { title: "a Buildkite token", regex: /\bbk[a-z]{2}_[0-9a-f]{40}\b/g, trace: "bkua_|bkpt_|bkct_|bkat_|bkrt_" },
  { title: "a Tailscale key", regex: /\btskey-[a-z]+-[A-Za-z0-9-]{20,}/g },
  { title: "a Replicate token", regex: /\br8_[A-Za-z0-9]{37}\b/g },
  { title: "a Groq key", regex: /\bgsk_[A-Za-z0-9]{40,}/g },
  { title: "an xAI key", regex: /\bxai-[A-Za-z0-9]{60,}/g },
  { title: "an NVIDIA key", regex: /\bnvapi-[\w-]{40,}/g },
  { title: "a Google OAuth secret", regex: /\bGOCSPX-[\w-]{20,}/g },
  { title: "a Google API key", regex: /\bAIza[\w-]{35}(?![\w-])/g },
  { title: "a Google access token", regex: /\bya29\.[\w-]{30,}/g },
  { title: "a Google refresh token", regex: /\b1\/\/0[\w-]{40,}/g, trace: "1\\/\\/0[\\w-]{6}" },
  { title: "a CircleCI token", regex: /\bCCIP(?:AT|RJ)_[A-Za-z0-9]{20,}_[0-9a-f]{40}/g, trace: "CCIP" },
  { title: "a Sonar token", regex: /\bsq[pau]_[0-9a-f]{40}\b/g, trace: "sqp_|sqa_|squ_" },
  { title: "a Sourcegraph token", regex: /\bsgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}\b/g },
  { title: "a Bitbucket token", regex: /\bBBDC-[A-Za-z0-9+/@_-]{40,}/g },
  { title: "a Resend key", regex: /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}\b/g, trace: "re_[A-Za-z0-9]{8}_" },
  { title: "a Netlify token", regex: /\bnf[pcou]_[A-Za-z0-9]{36,}/g, trace: "nfp_|nfc_|nfo_|nfu_" },
  {
    title: "a Vercel token",
    regex: /\bvc[pkiar]_[A-Za-z0-9]{24,}|\bvercel_[a-z]+_[A-Za-z0-9]{24,}/g,
    trace: "vcp_|vck_|vci_|vca_|vcr_|vercel_",
  },
  { title: "a Render key", regex: /\brnd_[A-Za-z0-9]{28,}/g },
  { title: "a PostHog key", regex: /\bph[xs]_[A-Za-z0-9]{30,}/g, trace: "phx_|phs_" },
  {
    title: "a Doppler token",
    regex: /\bdp\.(?:st|sa|ct|scim|audit)\.(?:[a-z0-9_-]+\.)?[A-Za-z0-9]{40,}/g,
    trace: "dp\\.st\\.|dp\\.sa\\.|dp\\.ct\\.|dp\\.scim\\.|dp\\.audit\\.",
  },
  { title: "a crates.io token", regex: /\bcio[A-Za-z0-9]{32}\b/g, trace: "cio[A-Za-z0-9]{24}", confirm: drawn },
  { title: "a NuGet key", regex: /\boy2[a-z0-9]{43}\b/g },
  { title: "a Mapbox secret token", regex: /\bsk\.eyJ[\w-]{20,}\.[\w-]{20,}/g },
  { title: "a Contentful token", regex: /\bCFPAT-[\w-]{40,}/g },
  { title: "a Razorpay or Flutterwave secret", regex: /\bFLWSECK-[0-9a-z]{32}-X/g },
  { title: "an Amazon MWS token", regex: /\bamzn\.mws\.[0-9a-f-]{36}/g },
  { title: "an NKey's seed", regex: /\bS[UAOCN][A-Z2-7]{56}\b/g, trace: "S[UAOCN][A-Z2-7]{24}" },
  { title: "an age key", regex: /\bAGE-SECRET-KEY-1[A-Z0-9]{40,}/gi, trace: "AGE-SECRET" },
  {
    title: "a bootstrap token of Kubernetes",
    regex: /^[a-z0-9]{6}\.[a-z0-9]{16}$/g,
    trace: ANYWHERE,
    confirm: (secret) => secret.split(".").every((part) => /\d/.test(part) && /[a-z]/.test(part)),
  },
  {
    title: "a JSON web token",
    regex: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
    trace: "eyJ",
  },
  {
    title: "an encrypted JSON web token",
    regex: /\beyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{40,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{16,}/g,
    trace: "eyJ",
  },
  {
    title: "a password in a URL",
    regex: /:\/\/[^\s/:@"'<>]{0,200}:([^\s/@"'<>]{3,200})@/g,
    trace: ANYWHERE,
    confirm: unreferenced,
  },
  {
    title: "a token in a URL",
    regex: /:\/\/([\w~-]{20,200})@(?!\w+\.ingest\.|sentry)/g,
    trace: ANYWHERE,
    confirm: drawn,
  },
  {
    title: "a password in a data source's name",
    regex: /\b[\w.-]{1,80}:([^\s@:/]{3,200})@(?:tcp|unix)\(/g,
    trace: ANYWHERE,
    confirm: unreferenced,
  },
  {
    title: "a password in a data source's name",
    regex: /\bjdbc:oracle:thin:[\w$#]+\/([^\s@]{3,200})@/g,
    confirm: unreferenced,
  },
  {
    title: "a secret in a URL's query",
    regex:
      /[?&;](?:access[_-]?token|auth[_-]?token|token|api[_-]?key|apikey|key|client[_-]?secret|secret|code|sig|signature|x-amz-signature|x-goog-signature|x-amz-security-token|sas)=([^&\s"'<>#;]{12,400})/gi,
    trace: ANYWHERE,
    confirm: drawn,
  },
  {
    title: "a password in a URL's query",
    regex: /[?&;](?:password|passwd|pwd|pass)=([^&\s"'<>#;]{3,200})/gi,
    trace: ANYWHERE,
    confirm: unreferenced,
  },
  {
    title: "a key of Azure",
    regex: /\b(?:AccountKey|SharedAccessKey|SharedSecretKey)=([A-Za-z0-9+/]{40,}={0,2})/gi,
    trace: "AccountKey=|SharedAccessKey=|SharedSecretKey=|accountkey=",
  },
  { title: "a shared access signature of Azure", regex: /\bSharedAccessSignature\s?=?\s?s[rv]=[^\s"']{40,}/gi },
  {
    title: "a hashed password",
    regex:
      /\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|\$(?:1|5|6|7|y|gy|apr1|md5|sha1)\$[^$\s]{1,40}\$(?:[^$\s]{1,40}\$)?[./A-Za-z0-9]{20,}|\$argon2(?:id|i|d)\$[^\s]{30,}|\{S?SHA(?:256|512)?\}[A-Za-z0-9+/]{27,}={0,2}|\bpbkdf2_sha\d+\$\d+\$[^\s]{20,}|\bSCRAM-SHA-256\$\d+:[^\s]{20,}/g,
    trace: ANYWHERE,
  },
];
