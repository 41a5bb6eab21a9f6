import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { childPath } from "../diagnostics/config-path.ts";
import { changed, findings } from "./test/change.ts";

/** Every bounded place of the config: what just fits its consumer, and what just does not. */
interface Row {
  at: string;
  /** The row is about keys of the object at `at`, which get this value. */
  keyOf?: unknown;
  takes: readonly unknown[];
  refuses: readonly unknown[];
  id: "wrong-unit" | "out-of-range" | "repeated";
  /** What the message says of each that is refused. */
  message: RegExp;
}

const long = (length: number, letter = "a"): string => letter.repeat(length);
const UUID = "0a1b2c3d-0000-4000-8000-0123456789ab";
const notA = (what: string): RegExp => new RegExp(`^".*" is not an? ${what}`, "s");
const text = (at: string, what: string, takes: readonly string[], refuses: readonly string[]): Row => ({
  at,
  takes,
  refuses,
  id: "wrong-unit",
  message: notA(what),
});
const keys = (at: string, keyOf: unknown, what: string, takes: readonly string[], refuses: readonly string[]): Row => ({
  ...text(at, what, takes, refuses),
  keyOf,
});
const least = (at: string, takes: readonly unknown[], refuses: readonly unknown[]): Row => ({
  at,
  takes,
  refuses,
  id: "out-of-range",
  message: /must be at least .+, and is /,
});
const most = (at: string, takes: readonly unknown[], refuses: readonly unknown[]): Row => ({
  at,
  takes,
  refuses,
  id: "out-of-range",
  message: /must be at most .+, and is /,
});
const steps = (at: string, takes: readonly unknown[], refuses: readonly unknown[]): Row => ({
  at,
  takes,
  refuses,
  id: "out-of-range",
  message: /must be a multiple of .+, and is /,
});
/** The last entry of each refused list says again what an earlier one said. */
const once = (at: string, takes: readonly unknown[], refuses: readonly unknown[]): Row => ({
  at,
  takes,
  refuses,
  id: "repeated",
  message: / has .+ twice$/,
});

const NAME_1035 = { takes: ["a", "acme-vpc", long(63)], refuses: ["", "Acme", "1st", "a_b", "a-", long(64)] };
const GCP_MACHINES = {
  takes: ["e2-medium", "n2-custom-4-8192", "a2-highgpu-1g", "c4a-standard-4-lssd"],
  refuses: ["", "m6i.xlarge", "Standard_D4s_v5", "e2", "e2-", "../../x Y"],
};
const AWS_MACHINES = {
  takes: ["m6i.xlarge", "u-6tb1.metal", "c7gn.16xlarge"],
  refuses: ["", "e2-medium", "m6i", "m6i.", "m6i.xlarge\n"],
};
const AZURE_MACHINES = {
  takes: ["Standard_D4s_v5", "Standard_NC24ads_A100_v4", "Standard_M416-208ms_v2", "Basic_A1"],
  refuses: ["", "e2-medium", "Standard_", "standard_d4s_v5", "Standard D4"],
};
const MOUNTS = {
  takes: ["/a", "/var/lib/app", "/var/run/secrets/db", "/data/", "/etc/.hidden", "/process", "/a b"],
  refuses: ["", "/", "//", "data", "/a//b", "/a/../b", "/a/.", "/..", "/a:ro", "/a\nb", "/proc", "/proc/sys", "/a\0"],
};
const URL_PATHS = {
  takes: ["/", "/shop", "/a/b/", "/%C3%BC", "/~me;v=1"],
  refuses: ["", "shop", "/a b", "/a?b=c", "/a#b", "/ü", "/%zz", "/a\r\nb"],
};
const IMAGES = {
  takes: ["redis", "ghcr.io/acme/checkout", "registry.acme.example:5000/a/b__c/d-e.f", "localhost/a"],
  refuses: [
    "",
    "Ghcr.io/Acme/Api",
    "ghcr.io/acme/",
    "/acme/api",
    "ghcr.io//api",
    "ghcr.io/acme api",
    "https://ghcr.io/acme/api",
    "ghcr.io/../api",
    "-a/b",
  ],
};
const PLACES = {
  takes: ["ghcr.io", "ghcr.io/acme", "ghcr.io/acme/", "registry.acme.example:5000", "localhost:5000/x"],
  refuses: ["", "/", "https://ghcr.io", "ghcr.io/Acme", "ghcr.io//x", "ghcr.io/a b", "*", "ghcr.io/a\nb"],
};
const MIRRORS = {
  takes: ["docker.io", "ghcr.io/acme", "registry.acme.example:5000", "localhost/x", "registry:5000/x"],
  refuses: ["", "acme", "acme/web", "https://ghcr.io", "ghcr.io/Acme", "ghcr.io//x", "ghcr.io/a b", "ghcr.io/a:v1"],
};
const HOSTS = {
  takes: ["shop.acme.example", "*.acme.example", "localhost", `${long(63)}.example`],
  refuses: [
    "",
    "Shop.example",
    "https://shop.example",
    "shop.example:443",
    "shop.example/x",
    "*",
    "a.*.example",
    ".example",
    "shop..example",
    "-a.example",
    `${long(64)}.example`,
    `${"a.".repeat(126)}ab`,
  ],
};
const LINES = {
  takes: ["#team-checkout", "Team Kasse, 3. Stock", "a@b.example", long(500)],
  refuses: ["", " ", "a\nb", "a\0b", "a\x1b[31m", "a\u2028b", long(501)],
};

const rows: readonly Row[] = [
  text("name", "name of an ecosystem", ["a", "acme-2", long(22)], ["", "2a", "a-", "Acme", long(23), "a\n"]),
  text(
    "repository.url",
    "URL that git clones from",
    [
      "https://github.com/acme/platform.git",
      "ssh://git@git.acme.example:2222/a/b",
      "git@github.com:acme/platform.git",
      "https://dev.azure.com/a/b%20c/_git/d",
    ],
    [
      "",
      "github.com/acme/platform",
      "https://",
      "https://github.com",
      "file:///etc",
      "https://github.com/a b",
      "git@github.com",
      "https://../x/y",
      "git@github.com:a\n",
    ],
  ),
  text(
    "repository.revision",
    "name of a branch",
    ["main", "feature/x.y_z-1", "v1.2"],
    ["", "-main", "a..b", "a//b", "a.lock", "a/", "a b", "a~1", "main.", "a/.b"],
  ),
  text(
    "repository.path",
    "folder of the repository",
    [".", "platform", "platform/eco.system", ".github"],
    ["", "..", "../x", "a/../b", "/a", "a/", "a//b", "./a", "a b", "a/."],
  ),
  text("teams.crew.contact", "line of text", LINES.takes, LINES.refuses),
  text(
    "teams.crew.namespace",
    "DNS label",
    ["crew", "1-crew", long(63)],
    ["", "Crew", "crew-", "a.b", "a_b", long(64)],
  ),
  text(
    "clouds.gcp.project",
    "project id of Google Cloud",
    ["acme-1", long(30)],
    ["", "../../x Y", "acme-", "1acme-x", "Acme-platform", "acme", long(31)],
  ),
  text(
    "clouds.gcp.budgetAccount",
    "billing account of Google Cloud",
    ["012345-6789AB-CDEF01"],
    ["", "012345-6789ab-CDEF01", "0X0X0X-0X0X0X-0X0X0X", "111122223333", "012345-6789AB-CDEF01-"],
  ),
  text("clouds.gcp.network.name", "name that Google Cloud takes", NAME_1035.takes, NAME_1035.refuses),
  text(
    "clouds.gcp.regions.europe-north1.subnet.name",
    "name that Google Cloud takes",
    NAME_1035.takes,
    NAME_1035.refuses,
  ),
  text(
    "clouds.gcp.regions.europe-north1.subnet.secondaryRanges.pods",
    "name that Google Cloud takes",
    NAME_1035.takes,
    NAME_1035.refuses,
  ),
  text(
    "clouds.gcp.regions.europe-north1.subnet.secondaryRanges.services",
    "name that Google Cloud takes",
    NAME_1035.takes,
    NAME_1035.refuses,
  ),
  text(
    "clouds.gcp.regions.europe-north1.zones[0]",
    "zone",
    ["europe-north1-a", "1"],
    ["", "Europe-north1-a", "a b", "../x"],
  ),
  keys(
    "clouds.gcp.regions",
    { subnet: { cidr: "10.0.32.0/20" } },
    "region of Google Cloud",
    ["europe-west12", "me-central2"],
    ["", "europe-west1-b", "eu-west-3", "westeurope", "EUROPE-west1", "europe-west0"],
  ),
  text(
    "clouds.aws.account",
    "account of AWS",
    ["000000000000"],
    ["", "11112222333", "1111222233334", "1111-2222-3333"],
  ),
  text("clouds.aws.budgetAccount", "account of AWS", ["444455556666"], ["", "012345-6789AB-CDEF01"]),
  text(
    "clouds.aws.network.name",
    "name of a network",
    ["A", "My_vpc.1", long(64)],
    ["", "-a", "a-", "a b", "a/b", long(65)],
  ),
  text("clouds.aws.regions.eu-west-3.subnet.name", "name of a network", ["paris"], ["", "a b", 'a"b']),
  text("clouds.aws.regions.eu-west-3.zones[0]", "zone", ["eu-west-3a"], ["", "eu west"]),
  keys(
    "clouds.aws.regions",
    { subnet: { cidr: "10.1.64.0/18" } },
    "region of AWS",
    ["us-gov-east-1", "ap-northeast-1", "eusc-de-east-1"],
    ["", "eu-west-3a", "europe-west1", "eu-west", "westeurope"],
  ),
  text(
    "clouds.azure.subscription",
    "id of Azure",
    [UUID, UUID.toUpperCase()],
    ["", "../../x Y", UUID.slice(1), `${UUID}0`, `{${UUID}}`],
  ),
  text("clouds.azure.tenant", "id of Azure", [UUID], ["", "acme.onmicrosoft.com"]),
  text(
    "clouds.azure.keyVault",
    "key vault of Azure",
    [`/subscriptions/${UUID}/resourceGroups/my.group_(1)/providers/Microsoft.KeyVault/vaults/abc`],
    [
      "",
      "acme",
      "/subscriptions/.../resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme",
      `/subscriptions/${UUID}/resourceGroups/g/providers/Microsoft.KeyVault/vaults/ab`,
      `/subscriptions/${UUID}/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acme`,
    ],
  ),
  text(
    "clouds.azure.budgetAccount",
    "billing scope of Azure",
    [
      `/subscriptions/${UUID}/resourceGroups/g`,
      "/providers/Microsoft.Billing/billingAccounts/1234/enrollmentAccounts/5",
      "/providers/Microsoft.Management/managementGroups/acme",
    ],
    ["", UUID, "/subscriptions/s", "/providers/Microsoft.Compute/virtualMachines/a"],
  ),
  text("clouds.azure.network.name", "name of a network", ["west"], ["", "a b"]),
  text("clouds.azure.regions.westeurope.subnet.name", "name of a network", ["west"], ["", "a b"]),
  text("clouds.azure.regions.westeurope.zones[0]", "zone", ["1"], ["", "A"]),
  keys(
    "clouds.azure.regions",
    { subnet: { cidr: "10.2.16.0/20" } },
    "region of Azure",
    ["eastus2", "germanywestcentral"],
    ["", "West Europe", "west-europe", "europe-west1"],
  ),
  text("clusters.gke.version", "version of Kubernetes", ["1.33"], ["", "1.9", "1.33.2", "v1.33", "2.00"]),
  text(
    "clusters.gke.nodePools.main.machineType",
    "machine type of Google Cloud",
    GCP_MACHINES.takes,
    GCP_MACHINES.refuses,
  ),
  text("clusters.eks.nodePools.main.machineType", "machine type of AWS", AWS_MACHINES.takes, AWS_MACHINES.refuses),
  text(
    "clusters.aks.nodePools.main.machineType",
    "machine type of Azure",
    AZURE_MACHINES.takes,
    AZURE_MACHINES.refuses,
  ),
  text(
    "clusters.eks.admins[0]",
    "role or user of AWS",
    ["arn:aws:iam::111122223333:user/ann@acme", "arn:aws-cn:iam::111122223333:role/a/b/c"],
    ["", "platform", "arn:aws:iam::111122223333:root", "arn:aws:iam::1:role/a", "arn:aws:iam::111122223333:role/a b"],
  ),
  text("clusters.aks.admins[0]", "id of Azure", [UUID], ["", "platform-team"]),
  keys(
    "clusters.gke.nodePools.main.labels",
    "x",
    "key of a label",
    ["a", "example.com/disk", `${long(63)}.example/${long(63)}`, "A_b.c"],
    ["", "/a", "a/", "a/b/c", "Example.com/a", "-a", "a-", long(64), "a b", "a\nb"],
  ),
  text(
    "clusters.gke.nodePools.main.labels.a",
    "value of a label",
    ["", "fast", "A_b.c-1", long(63)],
    ["a\nb", "a b", "-a", "a-", "a/b", long(64)],
  ),
  text("clusters.gke.nodePools.main.taints[0].key", "key of a label", ["only", "example.com/only"], ["", "a b", "-"]),
  text("clusters.gke.nodePools.main.taints[0].value", "value of a label", ["", "batch"], ["a b", "a\nb"]),
  most("clusters.gke.nodePools.main.initial", [0, 10_000], [10_001, 2_147_483_648]),
  most("clusters.gke.nodePools.main.max.max", [10_000], [10_001]),
  least("clusters.gke.nodePools.main.max.min", [1], [0]),
  least("clusters.gke.nodePools.main.min.min", [0], [-1]),
  least("clusters.gke.nodePools.main.disk", ["10Gi"], ["0Gi", "9Gi", "9.9Gi"]),
  most("clusters.gke.nodePools.main.disk", ["64Ti"], ["65Ti", "999999999Gi"]),
  least("clusters.eks.nodePools.main.disk", ["20Gi"], ["19Gi"]),
  most("clusters.eks.nodePools.main.disk", ["64Ti"], ["65Ti"]),
  least("clusters.aks.nodePools.main.disk", ["30Gi"], ["29Gi"]),
  most("clusters.aks.nodePools.main.disk", ["2Ti", "2048Gi"], ["2049Gi"]),
  most("runners.machines.max", [10_000], [10_001]),
  least("runners.machines.max", [1], [0]),
  least("runners.pods.min", [0], [-1]),
  text("runners.machines.machineType", "machine type of Google Cloud", GCP_MACHINES.takes, GCP_MACHINES.refuses),
  text("runners.paris-machines.machineType", "machine type of AWS", AWS_MACHINES.takes, AWS_MACHINES.refuses),
  text("runners.west-machines.machineType", "machine type of Azure", AZURE_MACHINES.takes, AZURE_MACHINES.refuses),
  text(
    "runners.pods.labels[0]",
    "label of runners",
    ["linux", "ubuntu-24.04", "GPU_big"],
    ["", "a,b", "a b", "a$b", "a\nb"],
  ),
  text("secrets.database.path", "line of text", LINES.takes, LINES.refuses),
  text(
    "secrets.database.keys[0]",
    "name of a file",
    ["user", ".env", "a.b-c_D", long(253)],
    ["", ".", "..", "..a", "a/b", "a b", long(254)],
  ),
  least("secrets.runner-token.rotate", ["1h"], ["0s", "59m"]),
  text("slos.up.objective", "percentage above 0%", ["0.1%", "99.999%"], ["0%", "0.0%", "101%"]),
  least("slos.up.window", ["1m"], ["0s", "59s"]),
  most("slos.up.window", ["36500d"], ["36501d"]),
  least("slos.quick.metric.threshold", ["1ms"], ["0s", "0.5ms"]),
  most("slos.quick.metric.threshold", ["1h"], ["61m"]),
  text("slos.done.metric.good.counter", "name of a metric", ["_a:b9", long(200)], ["", "9a", "a-b", long(201)]),
  text("slos.done.metric.total.counter", "name of a metric", ["a"], ["a b", "a{}"]),
  keys("slos.done.metric.good.matchers", "mail", "label of a metric", ["queue", "_1"], ["", "1a", "a:b", "__name__"]),
  text(
    "slos.done.metric.good.matchers.queue",
    "value of a label of a metric",
    ["", 'a "b" \\ {c}'],
    ["a\nb", "{{args.version}}", long(501)],
  ),
  text("slos.done.metric.good.matchers.code.matches", "value of a label of a metric", ["2.."], ["\0"]),
  text("slos.done.metric.good.matchers.kind.unlike", "value of a label of a metric", ["5.."], ["a{{b"]),
  most("rollouts.steps.steps[1].weight", [100], [101]),
  least("rollouts.steps.steps[0].pause", ["1s", "approval"], ["0s", "500ms"]),
  steps("rollouts.steps.steps[0].pause", ["90s", "1.5m"], ["1.5s", "1001ms"]),
  ...["rollouts.steps.analysis", "rollouts.swap.prePromotion", "rollouts.swap.postPromotion"].flatMap((analysis) => [
    least(`${analysis}.falseAbort`, ["0.01%"], ["0.009%"]),
    most(`${analysis}.falseAbort`, ["20%"], ["20.1%"]),
    least(`${analysis}.falsePass`, ["0.01%"], ["0.009%"]),
    most(`${analysis}.falsePass`, ["20%"], ["20.1%"]),
    least(`${analysis}.detect.burn`, [2], [1]),
    most(`${analysis}.detect.burn`, [1000], [1001]),
    least(`${analysis}.detect.within`, ["1m"], ["59s"]),
    least(`${analysis}.agree`, [1], [0]),
    most(`${analysis}.agree`, [10], [11]),
    least(`${analysis}.bunches`, [1], [0]),
    most(`${analysis}.bunches`, [100], [101]),
    least(`${analysis}.hold`, ["1m"], ["59s"]),
    most(`${analysis}.hold`, ["7d"], ["8d"]),
    least(`${analysis}.outage`, ["1m"], ["50s"]),
    most(`${analysis}.outage`, ["1d"], ["25h"]),
    steps(`${analysis}.outage`, ["70s"], ["65s"]),
  ]),
  least("rollouts.swap.smokeTest.timeout", ["1s"], ["0s", "500ms"]),
  most("rollouts.swap.smokeTest.timeout", ["1d"], ["25h"]),
  steps("rollouts.swap.smokeTest.timeout", ["90s"], ["1.5s"]),
  text("rollouts.swap.smokeTest.command[0]", "text that nothing is expanded in", ["a\n$b {c}"], ["{{a}}", "\0"]),
  text("rollouts.swap.smokeTest.args[0]", "text that nothing is expanded in", [""], ["a{{b"]),
  keys("rollouts.swap.smokeTest.env", "x", "name of an environment variable", ["A_b"], ["9a", "a b"]),
  text("rollouts.swap.smokeTest.env.LEVEL", "text that nothing is expanded in", [""], ["{{"]),
  least("rollouts.swap.prePromotion.traffic", ["1/h"], ["0/s"]),
  most("rollouts.swap.prePromotion.traffic", ["10000000/s"], ["10000001/s"]),
  least("services.web.traffic", ["1/h"], ["0.5/h"]),
  most("services.web.traffic", ["10000000/s"], ["10000001/s"]),
  least("rollouts.swap.previewReplicas", [1], [0]),
  most("rollouts.swap.keepOldFor", ["0s", "30d"], ["31d"]),
  steps("rollouts.swap.keepOldFor", ["1s"], ["1500ms"]),
  text("rollouts.copies.mirror", "percentage above 0%", ["1%", "100%"], ["0%"]),
  least("rollouts.copies.replicas", [1], [0]),
  most("rollouts.copies.replicas", [150_000], [150_001]),
  least("rollouts.copies.duration", ["1s"], ["0s"]),
  steps("rollouts.plain.maxSurge", ["0%", "12%"], ["12.5%"]),
  steps("rollouts.plain.maxUnavailable", ["0%", "100%"], ["0.5%"]),
  least("resilience.experiments.kill.duration", ["1ms"], ["0s"]),
  least("resilience.experiments.kill.every", ["1s"], ["0s"]),
  text("resilience.experiments.kill.scope", "percentage above 0%", ["1%", "100%"], ["0%"]),
  least("resilience.experiments.delay.latency", ["1ms"], ["0ms"]),
  most("resilience.experiments.delay.jitter", ["0ms", "1s"], ["36501d"]),
  text("resilience.experiments.loss.loss", "percentage above 0%", ["0.1%"], ["0%"]),
  least("resilience.experiments.cpu.workers", [1], [0]),
  most("resilience.experiments.cpu.workers", [8192], [8193]),
  least("resilience.experiments.cpu.load", ["1%"], ["0%", "0.4%"]),
  most("resilience.experiments.memory.workers", [8192], [8193]),
  least("resilience.experiments.memory.size", ["1Ki"], ["0Mi"]),
  text("resilience.experiments.http.requests", "percentage above 0%", ["1%"], ["0%"]),
  least("resilience.experiments.http.delay", ["1ms"], ["0s"]),
  most("resilience.experiments.http.status", [599], [600]),
  text(
    "resilience.experiments.dns.patterns[0]",
    "pattern of DNS names",
    ["*.example.com", "api.example.com", "db?.example.com", "*"],
    ["", "a b", "https://x", "a..b", "a\n"],
  ),
  text("resilience.experiments.zone.zone", "zone", ["europe-north1-a", "1"], ["", "a b"]),
  text("security.allowedRegistries[0]", "registry or a part of one", PLACES.takes, PLACES.refuses),
  text(
    "security.allowedMachineTypes[0]",
    "machine type",
    ["e2-medium", "m6i.large", "Standard_D2s_v5"],
    ["", "a b", "e2"],
  ),
  text(
    'registries.mirror["docker.io"]',
    "place of a mirror",
    [...MIRRORS.takes, "m.example/x/"],
    [...MIRRORS.refuses, "*"],
  ),
  keys(
    "registries.mirror",
    "m.example",
    "place that is mirrored",
    [...MIRRORS.takes, "*"],
    [...MIRRORS.refuses.filter((place) => place !== ""), "ghcr.io/", "*.io"],
  ),
  text(
    "addons.descheduler.images[0].name",
    "part of a registry",
    ["ghcr.io/a", "r:5000/a/b"],
    ["ghcr.io", "a/b", "*", "ghcr.io/a:v1"],
  ),
  text(
    "addons.descheduler.images[0].repository",
    "way to a value of a chart",
    ["image", "kube-state-metrics.image.repository"],
    ["", ".", "image.", "image..tag", "images[0]", "a b"],
  ),
  text("security.policies.exemptNamespaces[0]", "DNS label", ["old"], ["", "*", "a b", "kube-*"]),
  least("observability.metrics.interval", ["1s"], ["0s", "999ms"]),
  most("observability.metrics.interval", ["1h"], ["61m"]),
  least("observability.metrics.retention", ["1h"], ["0d", "59m"]),
  least("observability.traces.retention", ["1h"], ["0d"]),
  least("observability.logs.retention", ["24h"], ["23h"]),
  text(
    "observability.alertRoutes.crew.to",
    "channel of Slack",
    ["#crew", "crew", "@ann", "C012AB3CD", "#日本"],
    ["", "#", "#a b", "#a,#b", "#a\n"],
  ),
  text("observability.alertRoutes.pager.to", "line of text", ["crew"], ["", "a\nb"]),
  text(
    "observability.alertRoutes.hook.to",
    "address on the web",
    ["https://hooks.acme.example/a?b=c", "http://receiver.monitoring:8080"],
    ["", "hooks.acme.example", "https://", "ftp://a.example", "https://a b"],
  ),
  text(
    "observability.alertRoutes.post.to",
    "mail address",
    ["a@b.example", "a.b+c@d.example"],
    ["", "a", "a@", "@b.example", "A <a@b.example>", "a@b.example, c@d.example"],
  ),
  text("services.web.image", "repository of images", IMAGES.takes, IMAGES.refuses),
  text("services.web.tag", "tag of an image", ["v1.4.2", "_x", long(128)], ["", ".a", "-a", "a b", "a/b", long(129)]),
  text("services.web.command[0]", "text without NUL characters", ["/bin/sh", "", "a\nb"], ["a\0b"]),
  text("services.web.args[0]", "text without NUL characters", ["--a=b", ""], ["a\0"]),
  most("services.web.ports.http.port", [65_535], [65_536]),
  least("services.web.ports.http.targetPort", [1], [0]),
  text(
    "services.web.probes.liveness.path",
    "path of a request",
    ["/", "/healthz?full=1&a=b%20c"],
    ["", "healthz", "/a b", "/a\r\nb", "/a#b"],
  ),
  text("services.web.probes.startup.command[0]", "text without NUL characters", ["true"], ["\0"]),
  keys(
    "services.web.probes.liveness.headers",
    "x",
    "name of a header",
    ["X-Probe", "host"],
    ["", "X Probe", "X:", "X_Probe", "a\r\nb"],
  ),
  text(
    "services.web.probes.liveness.headers.Accept",
    "value of a header",
    ["", "text/plain; q=1", "ü"],
    ["a\r\nb", "a\nb", "a\0"],
  ),
  least("services.web.probes.liveness.every", ["1s"], ["0s", "999ms"]),
  steps("services.web.probes.liveness.every", ["0.5m"], ["1.5s"]),
  most("services.web.probes.liveness.timeout", ["1d"], ["25h"]),
  steps("services.web.probes.liveness.delay", ["0s"], ["2500ms"]),
  least("services.web.probes.liveness.failures", [1], [0]),
  most("services.web.probes.liveness.failures", [2_147_483_647], [2_147_483_648]),
  least("services.web.gracePeriod", ["1s"], ["0s"]),
  most("services.web.gracePeriod", ["7d"], ["8d"]),
  most("services.web.drain", ["7d"], ["8d"]),
  steps("services.web.drain", ["0s"], ["1500ms"]),
  most("services.web.minReady", ["1d"], ["2d"]),
  steps("services.web.minReady", ["0s"], ["1500ms"]),
  least("services.web.progressDeadline", ["10s"], ["9s"]),
  most("services.web.progressDeadline", ["7d"], ["8d"]),
  steps("services.web.progressDeadline", ["30s"], ["30500ms"]),
  least("services.web.runAsUser", [10_000], [9_999]),
  most("services.web.runAsUser", [2_147_483_647], [2_147_483_648]),
  least("services.web.resources.cpuLimit", ["1m", "0.001"], ["0", "0.000"]),
  most("services.web.resources.cpuLimit", ["4096"], ["4097"]),
  least("services.web.resources.cpu.min", ["1m"], ["0"]),
  least("services.web.resources.memory", ["1Mi"], ["0Mi", "1Ki"]),
  most("services.web.resources.memory", ["32Ti"], ["33Ti"]),
  least("services.web.resources.ephemeralStorage", ["1Ki"], ["0Gi"]),
  least("services.web.scaling.max", [4], [0]),
  most("services.web.scaling.max", [150_000], [150_001, 2_147_483_648]),
  least("services.web.scaling.cpu", ["1%"], ["0%", "0.4%"]),
  keys(
    "services.web.config.env",
    "x",
    "name of an environment variable",
    ["A", "_a", "LOG_LEVEL", "spring.profiles.active", "with-dash"],
    ["", "1A", "A=B", "A B", "A\n", "Ä", ".", "..a", "A\0"],
  ),
  text("services.web.config.env.A", "text without NUL characters", ["", "a\nb", "日本"], ["a\0b"]),
  keys(
    "services.web.config.files",
    "x",
    "name of a file",
    ["app.yaml", ".env", long(253)],
    ["", "a/b", "..", "../a", "a b", long(254)],
  ),
  text("services.web.config.mountPath", "folder to mount at", MOUNTS.takes, MOUNTS.refuses),
  text("services.web.secrets[0].mountPath", "folder to mount at", MOUNTS.takes, MOUNTS.refuses),
  text(
    "services.web.secrets[0].keys.user",
    "name of a file",
    ["DB_USER", "user.txt", long(253)],
    ["", "a/b", "..", long(254)],
  ),
  keys(
    "services.web.secrets[0].keys",
    "x",
    "name of a file",
    ["user", ".env", long(253)],
    ["", "a/b", "..", "a b", long(254)],
  ),
  text("services.web.writable[0].path", "folder to mount at", MOUNTS.takes, MOUNTS.refuses),
  least("services.web.writable[0].size", ["1Ki"], ["0Mi"]),
  text("services.store.storage[0].path", "folder to mount at", MOUNTS.takes, MOUNTS.refuses),
  text("services.store.storage[0].name", "DNS label", ["data"], ["", "Data", "a.b", long(64)]),
  text(
    "services.store.storage[0].storageClass",
    "DNS subdomain",
    ["fast", "fast.example.com"],
    ["", "Fast", "a b", "a/b"],
  ),
  least("services.store.storage[0].size", ["1Ki"], ["0Gi"]),
  most("services.store.storage[0].size", ["64Ti"], ["999999999Gi"]),
  most("services.web.dependsOn[0].port", [65_535], [65_536]),
  text(
    "services.web.egress[0].host",
    "DNS name, an address or a network",
    [...HOSTS.takes, "10.1.2.3", "10.1.2.0/24", "fd12::1", "2001:db8::/32"],
    [...HOSTS.refuses, "10.1.2", "10.1.2.300", "10.1.2.0/33", "fd12::1/129", "FD12::1", "a.example/24"],
  ),
  most("services.switched.dependsOn[0].timeout", ["1ms", "1h"], ["61m", "2h"]),
  most("services.switched.dependsOn[0].retries.attempts", [0, 10], [11]),
  most("services.switched.dependsOn[0].retries.perTry", ["1ms", "1h"], ["61m"]),
  {
    at: "services.switched.dependsOn[0].retries.on",
    takes: [["5xx"]],
    refuses: [[]],
    id: "out-of-range",
    message: /must have at least one entry/,
  },
  once("services.switched.dependsOn[0].retries.on", [["5xx", "503"]], [["5xx", "5xx"]]),
  most("services.switched.dependsOn[0].connectTimeout", ["1ms", "1h"], ["61m"]),
  least("services.switched.dependsOn[0].outliers.errors", [1], [0]),
  least("services.switched.dependsOn[0].outliers.ejectionTime", ["1s"], ["999ms"]),
  most("services.switched.dependsOn[0].outliers.ejectionTime", ["5m"], ["301s"]),
  least("services.switched.dependsOn[0].outliers.maxEjected", ["1%", "100%"], ["0%"]),
  steps("services.switched.dependsOn[0].outliers.maxEjected", ["33%"], ["33.3%"]),
  steps("services.switched.dependsOn[0].outliers.minHealthy", ["0%", "100%"], ["0.5%"]),
  text(
    "externals.queue.host",
    "DNS name or an address",
    ["db.example.com", "localhost", "10.1.2.3", "fd12::1"],
    ["", "*.example.com", "10.1.2", "10.1.2.0/24", "https://a.example", "a.example:5432", "FD12::1", "a.example/x"],
  ),
  text(
    "externals.orders.addresses[0]",
    "address or a network",
    ["10.1.2.3", "10.1.2.0/24", "0.0.0.0/0", "fd12::1", "2001:db8::/32"],
    ["", "db.example.com", "10.1.2", "10.1.2.300", "10.1.2.0/33", "2001:db8::/129"],
  ),
  {
    at: "externals.orders.addresses",
    takes: [["10.1.2.3"]],
    refuses: [[]],
    id: "out-of-range",
    message: /must have at least one entry/,
  },
  most("externals.queue.port", [65_535], [65_536]),
  text(
    "addons.strimzi.chart.repository",
    "repository of charts",
    ["https://a.example", "https://a.example:8443/b/c.d/", "oci://quay.io/strimzi-helm"],
    ["", "http://a.example", "a.example/b", "https://a:b@a.example", "https://a.example/?b", "https://a.example/b c"],
  ),
  text(
    "addons.strimzi.chart.name",
    "chart's name",
    ["a", "strimzi-kafka-operator", "a.b_c", long(250)],
    ["", "A", "a/b", "-a", "a b", "..", long(251)],
  ),
  ...(["version", "since"] as const).map((field) =>
    text(
      `addons.strimzi.${field}`,
      "exact version of a chart",
      ["0.46.0", "v1.2.3", "1.2.3-rc.1"],
      ["", "latest", "1.2", "^1.2.3", "~1.2.3", "1.x", ">=1.2.3", "1.2.3 || 2.0.0", "01.2.3", "1.2.*"],
    ),
  ),
  ...(["crds", "clusterKinds"] as const).map((field) =>
    text(
      `addons.strimzi.${field}[0]`,
      "kind with its API group",
      ["Node", "apps/Deployment", "kafka.strimzi.io/KafkaTopic"],
      ["", "kafka", "kafka.strimzi.io/", "/Kafka", "*/Kafka", "kafka.strimzi.io/v1/Kafka", "a b/Kafka"],
    ),
  ),
  text("addons.strimzi.images[0]", "registry or a part of one", PLACES.takes, PLACES.refuses),
  text("addons.strimzi.namespace", "DNS label", ["a", "a-1"], ["", "A", "a_b", "a.b", long(64)]),
  {
    at: "addons.strimzi.clusters",
    takes: [["gke"]],
    refuses: [[]],
    id: "out-of-range",
    message: /must have at least one entry/,
  },
  most("addons.strimzi.network.operator.accepts[0].ports[0]", [65_535], [65_536]),
  most("addons.strimzi.network.operator.reaches[0].udp[0]", [65_535], [65_536]),
  text("externals.queue.availability", "percentage above 0%", ["0.1%", "100%"], ["0%", "100.1%"]),
  text("services.web.exposure.hosts[0]", "DNS name", HOSTS.takes, HOSTS.refuses),
  text("services.web.exposure.path", "path of a URL", URL_PATHS.takes, URL_PATHS.refuses),
  text("services.web.telemetry.metrics.path", "path of a URL", URL_PATHS.takes, URL_PATHS.refuses),
  text(
    "budgets.rest.monthly",
    "amount of money above 0",
    ["0.01 EUR", "999999999999.99 USD"],
    ["0 EUR", "0.00 USD", "1000000000000 USD"],
  ),
  text("budgets.everything.alerts[0]", "percentage above 0%", ["0.1%"], ["0%"]),
  most("optimization.objective.cost", [0, 1_000_000], [1_000_001, 1e308]),
  most("optimization.objective.latency", [1_000_000], [1e308]),
  least("optimization.objective.reliability", [0], [-0.1]),
  least("optimization.proposalExpiry", ["1h"], ["0s", "59m"]),
  text("continuity.assistant.health", "path of a URL", URL_PATHS.takes, URL_PATHS.refuses),
  least("aiops.forecast.horizon", ["1m"], ["0s", "59s"]),
  most("aiops.forecast.horizon", ["30d"], ["31d"]),
  text("aiops.anomalies.falseAlarms", "percentage above 0%", ["0.01%"], ["0%"]),
  most("aiops.anomalies.falseAlarms", ["50%"], ["51%"]),
  text("delivery.registries[0]", "registry or a part of one", PLACES.takes, PLACES.refuses),
  keys(
    "checks",
    "off",
    "id of a check",
    ["images/no-version"],
    ["images", "images/", "/no-version", "Images/no-version"],
  ),
  keys("extensions.owners.checks", "off", "id of a check", ["owners/nobody"], ["nobody", "owners nobody"]),
  text("ignore[0].check", "id of a check", ["images/no-version"], ["", "images", "a/b/c"]),
  text(
    "ignore[0].at",
    "config path",
    ["services", "services.*.ports[*]", "services.web.args[0]", 'services["a.b"].image', "*"],
    ["", ".services", "services.", "services[", "services[x]", "a b", `a${".b".repeat(600)}`],
  ),
  text("ignore[0].reason", "line of text", ["asked for in OPS-112"], ["", " ", "a\nb"]),
  text(
    "ignore[0].until",
    "day",
    ["2027-03-31"],
    ["", "2027-3-31", "2027-13-01", "2027-01-32", "soon", "2027-03-31T00:00:00Z"],
  ),
  text("patches[0].target", "name of a target", ["helm"], ["", "Helm", "a b"]),
  text("patches[0].kind", "kind", ["Rollout"], ["", "rollout", "A b"]),
  text("patches[0].name", "line of text", ["web", "gcp/foundation", "system:a"], ["", "a\nb"]),
  text("patches[1].json[0].path", "JSON pointer", ["", "/", "/spec/a~1b/~0"], ["spec", "/a~2", "/a~"]),
  {
    ...text("targets", "service account of Google Cloud", [], []),
    takes: [
      {
        "argo-cd": {
          identities: {
            gcp: {
              provider: "projects/1/locations/global/workloadIdentityPools/pool/providers/prov",
              serviceAccount: "a@acme-platform.iam.gserviceaccount.com",
            },
            aws: { role: "arn:aws:iam::111122223333:role/a" },
            azure: { clientId: UUID },
          },
          repositorySecret: "a.b",
          freezes: [{ schedule: "0 0 * * 6", duration: "1m", reason: "x" }],
        },
      },
    ],
  },
  ...Object.entries({
    "service account of Google Cloud": {
      identities: {
        gcp: {
          provider: "projects/1/locations/global/workloadIdentityPools/pool/providers/prov",
          serviceAccount: "terraform",
        },
      },
    },
    "workload identity provider of Google Cloud": {
      identities: { gcp: { provider: "pool", serviceAccount: "a@acme-platform.iam.gserviceaccount.com" } },
    },
    "role of AWS": { identities: { aws: { role: "terraform" } } },
    "id of Azure": { identities: { azure: { clientId: "" } } },
    "DNS subdomain": { repositorySecret: "A_b" },
    "line of text": { freezes: [{ schedule: "0 0 * * 6", duration: "1m", reason: "" }] },
  }).map(([what, options]): Row => ({ ...text("targets", what, [], []), refuses: [{ "argo-cd": options }] })),
  { ...least("targets", [], [{ "argo-cd": { freezes: [{ schedule: "0 0 * * 6", duration: "59s", reason: "x" }] } }]) },
  {
    ...text("targets", "repository of images", [], []),
    takes: [{ "chaos-mesh": { sloGate: { image: "ghcr.io/a/b" } } }],
    refuses: [{ "chaos-mesh": { sloGate: { image: "" } } }],
  },
  once(
    "clusters.eks.admins",
    [["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"]],
    [["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/a"]],
  ),
  once("clusters.aks.admins", [[UUID]], [[UUID, UUID]]),
  once(
    "clusters.gke.endpoint.authorizedNetworks",
    [["192.0.2.0/24", "192.0.2.0/25"]],
    [["192.0.2.0/24", "192.0.2.0/24"]],
  ),
  once(
    "clusters.gke.nodePools.main.taints",
    [
      [
        { key: "a", value: "b", effect: "NoSchedule" },
        { key: "a", value: "b", effect: "NoExecute" },
      ],
    ],
    [
      [
        { key: "a", value: "b", effect: "NoSchedule" },
        { key: "a", value: "c", effect: "NoSchedule" },
      ],
    ],
  ),
  once("runners.pods.labels", [["a", "b"]], [["a", "b", "a"]]),
  once("secrets.database.keys", [["user", "password"]], [["user", "password", "user"]]),
  once("rollouts.steps.analysis.slos", [["up", "quick"]], [["up", "up"]]),
  once("resilience.environments", [["live"]], [["live", "live"]]),
  once("resilience.experiments.kill.abortOn", [["up"]], [["up", "up"]]),
  once("resilience.experiments.dns.patterns", [["a.example", "b.example"]], [["a.example", "a.example"]]),
  once("security.allowedRegistries", [["ghcr.io", "ghcr.io/acme"]], [["ghcr.io", "ghcr.io"]]),
  once("security.allowedMachineTypes", [["e2-medium"]], [["e2-medium", "e2-medium"]]),
  once("security.policies.exemptNamespaces", [["a", "b"]], [["a", "a"]]),
  once("services.switched.placement.clusters", [["gke", "eks"]], [["gke", "gke"]]),
  once("services.web.secrets", [[]], [[{ secret: "database" }, { secret: "database", mountPath: "/elsewhere" }]]),
  once(
    "services.web.dependsOn",
    [
      [
        { service: "store", port: 5432 },
        { service: "store", port: 5433 },
      ],
    ],
    [
      [
        { service: "store", port: 5432 },
        { service: "store", port: 5432, critical: false },
      ],
    ],
  ),
  once(
    "services.web.egress",
    [[{ host: "a.example" }, { host: "a.example", port: 80 }]],
    [
      [
        { host: "a.example", port: 80 },
        { host: "a.example", port: 80 },
      ],
      [{ host: "a.example" }, { host: "a.example" }],
    ],
  ),
  once(
    "services.web.dependsOn",
    [[{ external: "orders" }, { external: "queue" }, { service: "store", port: 6379 }]],
    [[{ external: "orders" }, { external: "queue" }, { external: "orders", critical: false }]],
  ),
  once("addons.strimzi.clusters", [["gke", "eks"]], [["gke", "gke"]]),
  once("addons.strimzi.crds", [["A", "B"]], [["A", "A"]]),
  once("addons.strimzi.clusterKinds", [["A", "B"]], [["A", "A"]]),
  once("addons.strimzi.images", [["a.example", "b.example"]], [["a.example", "a.example"]]),
  once("addons.strimzi.network.operator.accepts[0].ports", [[1, 2]], [[1, 1]]),
  once("externals.orders.addresses", [["10.1.2.3", "10.1.2.4"]], [["10.1.2.3", "10.1.2.3"]]),
  once("services.web.slos", [["up", "quick"]], [["up", "up"]]),
  once("services.web.chaos", [["kill"]], [["kill", "kill"]]),
  once("services.web.exposure.hosts", [["a.example", "b.example"]], [["a.example", "a.example"]]),
  once(
    "services.store.storage",
    [
      [
        { name: "a", path: "/a", size: "1Gi" },
        { name: "b", path: "/b", size: "1Gi" },
      ],
    ],
    [
      [
        { name: "a", path: "/a", size: "1Gi" },
        { name: "a", path: "/b", size: "1Gi" },
      ],
    ],
  ),
  once("budgets.everything.alerts", [["50%", "80%"]], [["50%", "50%"]]),
  once("delivery.registries", [["ghcr.io/a"]], [["ghcr.io/a", "ghcr.io/a"]]),
];

/** Rows for places that the ecosystem which writes everything does not have. */
const more: readonly (readonly [string, unknown])[] = [
  ["observability.alertRoutes.hook", { kind: "webhook", to: "https://hooks.acme.example/" }],
  ["observability.alertRoutes.post", { kind: "email", to: "crew@acme.example" }],
];

for (const { at, keyOf, takes, refuses, id, message } of rows) {
  const place = (value: unknown): [path: string, value: unknown] =>
    keyOf === undefined ? [at, value] : [childPath(at, String(value)), keyOf];
  const found = (value: unknown) =>
    findings(changed(...structuredClone(more), place(value))).filter((finding) => finding.id.startsWith("schema/"));

  test(`${at}: what fits (${message.source})`, () => {
    for (const value of takes) assert.equal(found(value), [], JSON.stringify(value).slice(0, 200));
  });

  test(`${at}: what does not (${message.source})`, () => {
    for (const value of refuses) {
      const [finding, ...others] = found(value);
      const shown = JSON.stringify(value).slice(0, 200);
      assert.equal(others, [], `${shown}: one mistake is one finding`);
      assert.is(finding?.id, `schema/${id}`, shown);
      const expected = id === "repeated" ? childPath(at, (value as unknown[]).length - 1) : place(value)[0];
      assert.ok(
        at === "targets" ? finding!.at.startsWith("targets.") : finding!.at === expected,
        `${shown}: at ${finding!.at}`,
      );
      assert.match(finding!.message, message);
      assert.is(finding!.key, keyOf === undefined ? undefined : true);
    }
  });
}

test("every repetition of a list is a finding, each at its place", () => {
  const found = findings(changed(["services.web.slos", ["up", "quick", "up", "quick", "up"]]));
  assert.equal(
    found.map(({ id, at, message }) => [id, at, message]),
    [
      ["schema/repeated", "services.web.slos[2]", 'slos has "up" twice'],
      ["schema/repeated", "services.web.slos[3]", 'slos has "quick" twice'],
      ["schema/repeated", "services.web.slos[4]", 'slos has "up" twice'],
    ],
  );
});

test("entries that are wrong in themselves do not repeat each other", () => {
  const ids = (path: string, value: unknown) => [...new Set(findings(changed([path, value])).map(({ id }) => id))];
  assert.equal(ids("services.web.secrets", [null, null]), ["schema/wrong-type"]);
  assert.equal(ids("services.web.dependsOn", [{ port: 80 }, { port: 80 }]), ["schema/missing-key"]);
  assert.equal(ids("services.web.dependsOn", [5, 5, "a", "a"]), ["schema/wrong-type"]);
  assert.equal(ids("services.web.slos", [null, null]), ["schema/wrong-type"]);
});

test("a message says what is wrong, what is right, and shows one", () => {
  const said = (path: string, value: unknown) =>
    findings(changed([path, value])).map(({ message, hint }) => [message, hint]);
  assert.equal(said("clouds.gcp.project", "../../x Y"), [
    [
      '"../../x Y" is not a project id of Google Cloud',
      'take 6 to 30 small letters, digits and -, with a letter first and no - last, as "acme-platform"',
    ],
  ]);
  assert.equal(said('services.web.config.env["A=B"]', "x"), [
    [
      '"A=B" is not a name of an environment variable',
      'take letters, digits, _, - and ., with no digit first and no .. there, as "LOG_LEVEL"',
    ],
  ]);
  assert.equal(said("services.web.resources.cpuLimit", "0"), [['cpuLimit must be at least 1m, and is "0"', undefined]]);
  assert.equal(
    said("services.web.gracePeriod", "0s"),
    [['gracePeriod must be at least 1s, and is "0s"', undefined]],
    "the field's bound, not the unit's beside it",
  );
});

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  items?: Schema;
  definitions?: Record<string, Schema>;
  [keyword: string]: unknown;
}

const root = JSON.parse(
  readFileSync(new URL("../../schemas/ecosystem.schema.json", import.meta.url), "utf8"),
) as Schema;

/** Every text, number, set of keys and list of the schema that takes anything of its type. */
function unbounded(): string[] {
  const found = new Set<string>();
  const visit = (schema: Schema, name: string): void => {
    if (schema.type === "string" && !["pattern", "enum", "const", "x-eco-ref"].some((keyword) => keyword in schema))
      found.add(name);
    const isNumber = schema.type === "integer" || schema.type === "number";
    if (isNumber && !("const" in schema || ("minimum" in schema && "maximum" in schema))) found.add(name);
    if (
      typeof schema.additionalProperties === "object" &&
      schema.propertyNames === undefined &&
      schema["x-eco-keys"] === undefined
    )
      found.add(`${name}{}`);
    if (schema.items !== undefined && schema["uniqueItems"] !== true && schema["x-eco-unique"] === undefined)
      found.add(`${name}[]`);
    for (const [key, child] of Object.entries(schema.properties ?? {})) visit(child, `${name}.${key}`);
    if (typeof schema.additionalProperties === "object") visit(schema.additionalProperties, `${name}.*`);
    if (schema.items !== undefined) visit(schema.items, `${name}[*]`);
    for (const keyword of ["then", "else"])
      if (schema[keyword] !== undefined)
        visit({ uniqueItems: schema["uniqueItems"], ...(schema[keyword] as Schema) }, name);
    for (const branch of (schema["oneOf"] ?? []) as Schema[]) visit(branch, name);
  };
  visit(root, "Ecosystem");
  for (const [name, schema] of Object.entries(root.definitions!)) visit(schema, name);
  return [...found].sort();
}

/** Why each of them may. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "Probe.port": "services/unknown-port holds it to the service's own ports",
  "Exposure.port": "services/unknown-port",
  "Telemetry.metrics.port": "services/unknown-port",
  ...Object.fromEntries(
    [
      "addons",
      "budgets",
      "clusters",
      "environments",
      "externals",
      "rollouts",
      "runners",
      "secrets",
      "services",
      "slos",
      "teams",
    ].map((section) => [`Ecosystem.${section}{}`, "names/invalid and names/too-long, by what each becomes"]),
  ),
  "Addon.network{}": "names/invalid and names/too-long",
  "Addon.values{}": "fields of a chart that is not at hand",
  "AddonNetwork.accepts[]": "a rule that stands twice opens no more",
  "AddonNetwork.reaches[]": "a rule that stands twice opens no more",
  "Clouds{}": "names/invalid and names/too-long",
  "Identities{}": "identities.ts holds them to the clouds that there are",
  "Resilience.experiments{}": "names/invalid and names/too-long",
  "Observability.alertRoutes{}": "names/invalid and names/too-long",
  "Service.ports{}": "names/invalid and names/too-long",
  "GcpCluster.nodePools{}": "names/invalid and names/too-long, by cloud",
  "AwsCluster.nodePools{}": "names/invalid and names/too-long, by cloud",
  "AzureCluster.nodePools{}": "names/invalid and names/too-long, by cloud",
  "Patch.merge{}": "fields of another system's objects, which verify holds to their schemas",
  "Patch.json[]": "operations in their order; one may be needed twice",
  "Ecosystem.patches[]": "patches in their order; each may touch the same object",
  "Ecosystem.ignore[]": "ignore/no-match: a second entry for the same findings matches nothing",
  "Ecosystem.extensions{}": "targets/not-a-target: each is called as its target is",
  "Extension.options{}": "whatever the target says; its resolve judges them",
  "Ecosystem.extra[]": "extra/folder, which also knows folders that lie in each other",
  "Extra.root": "extra/place holds it to the roots that there are",
  "Address.port": "values/unknown-port",
  "AddressPart.port": "values/unknown-port",
  "Url.port": "values/unknown-port",
  "Text.parts[]": "a text may say the same twice",
  "Scaling.triggers{}": "names/invalid and names/too-long",
  "Service.args[]": "arguments repeat",
  "Service.command[]": "as arguments do",
  "Probe.command[]": "as arguments do",
  "PodContainer.args[]": "arguments repeat",
  "PodContainer.command[]": "as arguments do",
  "SmokeTest.args[]": "arguments repeat",
  "SmokeTest.command[]": "as arguments do",
  "Service.writable[]": "services/duplicate-mount, with everything else that is mounted",
  "Canary.steps[]": "rollouts/weights-increase",
  "Shadow.steps[]": "rollouts/weights-increase",
  "Region.zones[]": "clusters/zone-of-region",
  "GcpRegion.zones[]": "clusters/zone-of-region",
  "Delivery.stages[]": "delivery/stage-order",
  "ArgoCdOptions.freezes[]": "two freezes at one time hold like one",
};

test("what has no bound has a reason", () => {
  assert.equal(unbounded(), Object.keys(EXCEPTIONS).sort());
});

test("examples and defaults of the schema are within its bounds", () => {
  const wrong: string[] = [];
  const fits = (value: unknown, schema: Schema): boolean => {
    const target = schema.$ref === undefined ? schema : root.definitions![schema.$ref.slice("#/definitions/".length)]!;
    if (Array.isArray(value)) return value.every((item) => fits(item, target.items ?? {}));
    return (
      typeof value !== "string" ||
      target["pattern"] === undefined ||
      new RegExp(target["pattern"] as string).test(value)
    );
  };
  const visit = (schema: unknown, path: string): void => {
    if (schema === null || typeof schema !== "object") return;
    const { examples = [], default: fallback } = schema as { examples?: unknown[]; default?: unknown };
    if (Array.isArray(examples))
      for (const value of [...examples, fallback])
        if (!fits(value, schema as Schema)) wrong.push(`${path}: ${JSON.stringify(value)}`);
    for (const [key, child] of Object.entries(schema)) visit(child, `${path}/${key}`);
  };
  visit(root, "");
  assert.equal(wrong, []);
});

test.run();
