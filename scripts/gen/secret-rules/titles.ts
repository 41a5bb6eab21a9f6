/** How names are written that are not written as other words. */
const SPELLING: Record<string, string> = {
  "1password": "1Password",
  aws: "AWS",
  gcp: "Google Cloud",
  github: "GitHub",
  gitlab: "GitLab",
  openai: "OpenAI",
  digitalocean: "DigitalOcean",
  huggingface: "Hugging Face",
  pypi: "PyPI",
  npm: "npm",
  jwt: "JSON web token",
  pat: "personal access token",
  personnal: "personal",
  api: "API",
  tf: "Terraform",
  hashicorp: "HashiCorp",
  flyio: "Fly.io",
  sendgrid: "SendGrid",
  linkedin: "LinkedIn",
  launchdarkly: "LaunchDarkly",
  newrelic: "New Relic",
  planetscale: "PlanetScale",
  ad: "AD",
  ca: "CA",
  cicd: "CI/CD",
  scim: "SCIM",
  ptt: "trigger token",
  rrt: "runner registration token",
  oauth: "OAuth",
  url: "URL",
  id: "ID",
  mailgun: "Mailgun",
  age: "age",
};

/** `gitlab-deploy-token` → `a GitLab deploy token`. */
export function titleOf(id: string): string {
  const words = id
    .split("-")
    .map((word, index) => SPELLING[word] ?? (index === 0 ? word[0]!.toUpperCase() + word.slice(1) : word));
  const title = words.join(" ");
  return `${/^(?:[aeio]|API|AWS|npm)/i.test(title) ? "an" : "a"} ${title}`;
}
