import type { CheckId } from "./generated/check-ids.ts";

/**
 * The texts of the config that have a form. To the editor each is a text like any other; {@link texts} holds what its
 * reader asks of it, which the JSON schema takes over. What a form cannot say, such as that a name is declared, is said
 * by references and checks.
 */

/** Something that people read, in one line. */
export type Line = string;

/** Any text without the character NUL, which ends a text for everything that runs. */
export type PlainText = string;

/** What an alert is called. */
export type AlertName = string;

/** A PromQL expression. */
export type PromQL = string;

/** The name of a metric of Prometheus. */
export type MetricName = string;

/** The name of a label of a metric. */
export type MetricLabel = string;

/** A text of what Argo Rollouts runs, which expands arguments of its own in it. */
export type UnexpandedText = string;

/** What the value of a label of a metric has to be: a text, or a regular expression. */
export type MetricMatch = string;

/** The name of an ecosystem, which is part of every cloud resource's name. */
export type EcosystemName = string;

/** Where a repository is cloned from. */
export type GitUrl = string;

/** A branch. */
export type GitBranch = string;

/** A folder of a repository, or `.` for all of it. */
export type RepositoryFolder = string;

/** A folder of the project, from the project's own. */
export type ProjectFolder = string;

/** A file of the project, from the project's own folder. */
export type ProjectFile = string;

/** Kubernetes' version, major and minor. */
export type KubernetesVersion = string;

/** Part of a DNS name, as Kubernetes' namespaces are. */
export type DnsLabel = string;

/** A name of most objects of Kubernetes. */
export type DnsSubdomain = string;

/** A host; `*.` at its start stands for any name below. */
export type HostName = string;

/** Where a connection leads outside of the platform: a host by its name, one address, or a network of addresses. */
export type Destination = string;

/** A host outside of the platform: its name, or its address. */
export type Host = string;

/** An address, or a network of addresses. */
export type AddressRange = string;

/** Hosts whose resolution breaks; `*` and `?` stand for any part. */
export type HostPattern = string;

/** A host and a port of it. */
export type BrokerAddress = string;

/** A time zone, as the time zone database calls it. */
export type TimeZone = string;

/** The key of a label or taint, with or without a domain in front. */
export type LabelKey = string;

/** The value of a label or taint; it may be empty. */
export type LabelValue = string;

/** An environment variable. */
export type VariableName = string;

/** A file in a ConfigMap or a Secret. */
export type FileName = string;

/** A folder of a container that something is mounted at. */
export type MountPath = string;

/** The path of a request, perhaps with a query. */
export type RequestPath = string;

/** The path of a request or the start of many, without a query. */
export type UrlPath = string;

/** A header of HTTP. */
export type HeaderName = string;

/** What a header of HTTP says. */
export type HeaderValue = string;

/** An image's repository. */
export type ImageName = string;

/** An image's tag. */
export type ImageTag = string;

/** A registry, or a part of one. */
export type ImagePlace = string;

/** What a mirror mirrors: a registry, a part of one, or `*` for every other one. */
export type MirroredPlace = string;

/** Where a mirror is: a registry, or a part of one. */
export type MirrorPlace = string;

/** A part of a registry: one image, or what several are in. */
export type RegistryPart = string;

/** The way to a value of a chart, key by key. */
export type ValuePath = string;

/** A repository of Helm charts, or with `oci://` the folder of a registry that holds them. */
export type ChartRepository = string;
/** A chart's name in its repository. */
export type ChartName = string;
/** A chart's version, exactly. */
export type ChartVersion = string;
/** A project of Google Cloud. */
export type GcpProject = string;

/** A network, subnet or secondary range of Google Cloud. */
export type GcpName = string;

/** A region of Google Cloud. */
export type GcpRegionName = string;

/** A machine type of Google Cloud. */
export type GcpMachineType = string;

/** A billing account of Google Cloud. */
export type GcpBillingAccount = string;

/** A service account of Google Cloud. */
export type GcpServiceAccount = string;

/** A workload identity provider of Google Cloud. */
export type GcpIdentityProvider = string;

/** An account of AWS. */
export type AwsAccount = string;

/** A region of AWS. */
export type AwsRegionName = string;

/** A machine type of AWS. */
export type AwsMachineType = string;

/** A role of AWS. */
export type AwsRole = string;

/** A role or user of AWS. */
export type AwsPrincipal = string;

/** Versions of a Terraform provider. */
export type ProviderVersion = string;

/** A subscription, tenant, group or application of Azure. */
export type AzureId = string;

/** A region of Azure. */
export type AzureRegionName = string;

/** A machine type of Azure. */
export type AzureMachineType = string;

/**
 * What costs are billed to in Azure: a subscription, a resource group, a management group or (a part of) a billing
 * account.
 */
export type AzureBillingScope = string;

/** A key vault of Azure. */
export type AzureKeyVault = string;

/** A network or subnet, where it is no more than a name. */
export type NetworkName = string;

/** A zone of a region. */
export type ZoneName = string;

/** A machine type of any cloud. */
export type MachineType = string;

/** What jobs ask for in `runs-on`. */
export type RunnerLabel = string;

/** A channel or a person in Slack. */
export type SlackChannel = string;

/** An address on the web. */
export type WebUrl = string;

/** A mail address. */
export type MailAddress = string;

/** A target of the compiler. */
export type TargetName = string;

/** A package, or a file of the project. */
export type ModuleName = string;

/** The id of a check or a policy. */
export type CheckName = CheckId;

/** A config path in which `*` stands for any one name or index. */
export type PathPattern = string;

/** A day, as the calendar of UTC has it. */
export type Day = string;

/** A kind of object. */
export type KindName = string;
/** A kind of object with its API group. */
export type GroupedKind = string;

/** Where in a document (RFC 6901). */
export type JsonPointer = string;

/** One form: what messages call such a text, what it is made of, its schema pattern, and an example. */
export interface Text {
  /** What a message calls it. */
  title: string;
  /** What it is made of, as a message says it after "take". */
  rule: string;
  pattern: RegExp;
  example: string;
}

/** RFC 1123: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const SUBDOMAIN = `${LABEL}([.]${LABEL})*`;
/** The last label of a name has a letter, or it would be read as an address: RFC 1123, section 2.1. */
const NO_ADDRESS = "(?!.*(^|[.])[0-9]+$)(?=.{1,253}$)";
const NAME = `${NO_ADDRESS}${SUBDOMAIN}`;
const NAME_OR_ANY = `${NO_ADDRESS}([*][.])?${SUBDOMAIN}`;
const OCTET = "(25[0-5]|(2[0-4]|1[0-9]|[1-9])?[0-9])";
const IPV4 = `${OCTET}([.]${OCTET}){3}`;
const UP_TO_32 = "(3[0-2]|[12]?[0-9])";
/** RFC 4291, section 2.2: eight groups, or fewer around one `::`. */
const GROUPS = "[0-9a-f]{1,4}(:[0-9a-f]{1,4})*";
const IPV6 = `([0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}|(?=([^:/]*:){2,7}[^:/]*(/|$))(${GROUPS})?::(${GROUPS})?)`;
const UP_TO_128 = "(12[0-8]|1[01][0-9]|[1-9]?[0-9])";
const HOST = "[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?([.][A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?)*";
const PORT = "(:[0-9]{1,5})?";
/** https://github.com/distribution/reference/blob/main/regexp.go */
/** What cannot be a part of a path on Docker Hub: https://github.com/distribution/reference/blob/main/normalize.go */
const REGISTRY = `(?=[^/]*[.:]|localhost(/|$))${HOST}${PORT}`;
const IMAGE_PART = "[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*";
/** RFC 3986: what stands in a path as it is, and what is escaped. */
const PATH_CHARACTER = "([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})";
const UUID = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";
/** https://cloud.google.com/resource-manager/docs/creating-managing-projects */
const GCP_PROJECT = "[a-z][-a-z0-9]{4,28}[a-z0-9]";
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const AWS_ARN = "^arn:aws(-[a-z]+)*:iam::[0-9]{12}:";
const AWS_NAME = "/[A-Za-z0-9+=,.@_/-]{1,576}$";
const GCP_MACHINE = "[a-z][a-z0-9]*(-[a-z0-9]+)+";
const AWS_MACHINE = "[a-z][a-z0-9-]*[.][a-z0-9-]+";
const AZURE_MACHINE = "(Standard|Basic)_[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*";
/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const AZURE_GROUP = "[A-Za-z0-9._()-]{0,89}[A-Za-z0-9_()-]";

export const texts = {
  Line: {
    title: "a line of text",
    rule: "one line that is not empty, without control characters",
    example: "#team-checkout",
    pattern: /^(?=.{0,500}$)(?=.*\S)[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+$/,
  },
  PlainText: {
    title: "a text without NUL characters",
    rule: "anything but NUL",
    example: "--verbose",
    pattern: /^[^\u0000]*$/,
  },
  // https://prometheus.io/docs/practices/alerting/#naming
  AlertName: {
    title: "a name of an alert",
    rule: "1 to 100 letters and digits, with a letter first",
    example: "OrdersWaiting",
    pattern: /^[A-Za-z][A-Za-z0-9]{0,99}$/,
  },
  PromQL: {
    title: "a query",
    rule: "an expression in PromQL",
    example: "sum(increase(jobs_total[5m]))",
    pattern: /^(?=[^]*\S)[^\u0000]+$/,
  },
  // https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
  MetricName: {
    title: "a name of a metric",
    rule: "letters, digits, _ and :, with no digit first",
    example: "jobs_done_total",
    pattern: /^[A-Za-z_:][A-Za-z0-9_:]{0,199}$/,
  },
  MetricLabel: {
    title: "a label of a metric",
    rule: "letters, digits and _, with no digit first and no __ there, which is Prometheus' own",
    example: "queue",
    pattern: /^(?!__)[A-Za-z_][A-Za-z0-9_]{0,199}$/,
  },
  UnexpandedText: {
    title: "a text that nothing is expanded in",
    rule: "anything but NUL and {{, which Argo Rollouts takes for an argument",
    example: "/smoke-test",
    pattern: /^(?![^]*[{][{])[^\u0000]*$/,
  },
  // Argo Rollouts takes `{{name}}` in a query for an argument: https://argo-rollouts.readthedocs.io/en/stable/features/analysis/#analysis-template-arguments
  MetricMatch: {
    title: "a value of a label of a metric",
    rule: "one line without control characters and without {{",
    example: "mail",
    pattern: /^(?!.*[{][{])[^\u0000-\u001f\u007f-\u009f\u2028\u2029]{0,500}$/,
  },
  EcosystemName: {
    title: "a name of an ecosystem",
    rule: "1 to 22 small letters, digits and -, with a letter first and no - last",
    example: "ultimate",
    pattern: /^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/,
  },
  GitUrl: {
    title: "a URL that git clones from",
    rule: "https://, ssh:// or user@host:path",
    example: "https://github.com/acme/platform.git",
    pattern: new RegExp(
      `^(?=.{1,1000}$)((https?|ssh)://([A-Za-z0-9._~%+-]+(:[A-Za-z0-9._~%+-]*)?@)?${HOST}${PORT}/|[A-Za-z0-9._-]+@${HOST}:)[A-Za-z0-9._~@%+-]+(/[A-Za-z0-9._~@%+-]+)*/?$`,
    ),
  },
  // https://git-scm.com/docs/git-check-ref-format
  GitBranch: {
    title: "a name of a branch",
    rule: "letters, digits and ._/-, without .., // or .lock",
    example: "main",
    pattern: /^(?=.{1,200}$)(?!.*([.][.]|\/\/|\/[.]|[.]lock(\/|$)|[./]$))[A-Za-z0-9][A-Za-z0-9._/-]*$/,
  },
  ProjectFolder: {
    title: "a folder of the project",
    rule: "its way from the project's folder; no name in it begins with a dot",
    example: "manifests/debug",
    pattern: /^(?=.{1,200}$)[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/,
  },
  ProjectFile: {
    title: "a file of the project",
    rule: "its way from the project's folder, without . and .. in it",
    example: "ecosystem/conf/app.yaml",
    pattern:
      /^(?=.{1,1000}$)(?![.]{1,2}(\/|$))[^/\\\u0000-\u001f\u007f]+(\/(?![.]{1,2}(\/|$))[^/\\\u0000-\u001f\u007f]+)*$/,
  },
  RepositoryFolder: {
    title: "a folder of the repository",
    rule: "its way from the top, without . and .. in it, or . alone",
    example: "platform/ecosystem",
    pattern: /^(?=.{1,500}$)([.]|(?![.]{1,2}(\/|$))[A-Za-z0-9._-]+(\/(?![.]{1,2}(\/|$))[A-Za-z0-9._-]+)*)$/,
  },
  KubernetesVersion: {
    title: "a version of Kubernetes",
    rule: "major and minor alone",
    example: "1.33",
    pattern: /^1[.][0-9]{2}$/,
  },
  DnsLabel: {
    title: "a DNS label",
    rule: "1 to 63 small letters, digits and -, with a letter or digit at both ends",
    example: "legacy",
    pattern: new RegExp(`^${LABEL}$`),
  },
  DnsSubdomain: {
    title: "a DNS subdomain",
    rule: "small letters, digits, - and ., with a letter or digit at both ends",
    example: "fast-ssd",
    pattern: new RegExp(`^(?=.{1,253}$)${SUBDOMAIN}$`),
  },
  HostName: {
    title: "a DNS name",
    rule: "the name alone, without scheme, port or path",
    example: "shop.acme.example",
    pattern: new RegExp(`^(?=.{1,253}$)([*][.])?${SUBDOMAIN}$`),
  },
  BrokerAddress: {
    title: "a host with a port",
    rule: "a DNS name and a port from 1 to 65535, without a scheme",
    example: "kafka-0.acme.example:9093",
    pattern: new RegExp(
      `^(?=.{1,260}$)${SUBDOMAIN}:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$`,
    ),
  },
  // https://data.iana.org/time-zones/theory.html#naming
  TimeZone: {
    title: "a time zone",
    rule: "a name of the time zone database",
    example: "Europe/Berlin",
    pattern: /^(?=.{1,60}$)[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*){0,2}$/,
  },
  Destination: {
    title: "a DNS name, an address or a network",
    rule: "a DNS name alone, or an address of IPv4 or IPv6 in small letters, with the length of a network behind it or without",
    example: "10.1.2.0/24",
    pattern: new RegExp(`^(${NAME_OR_ANY}|${IPV4}(/${UP_TO_32})?|${IPV6}(/${UP_TO_128})?)$`),
  },
  Host: {
    title: "a DNS name or an address",
    rule: "one of them alone, without scheme, port or path; addresses of IPv6 in small letters",
    example: "db.example.com",
    pattern: new RegExp(`^(${NAME}|${IPV4}|${IPV6})$`),
  },
  AddressRange: {
    title: "an address or a network",
    rule: "an address of IPv4 or IPv6 in small letters, with the length of a network behind it or without",
    example: "10.20.0.0/24",
    pattern: new RegExp(`^(${IPV4}(/${UP_TO_32})?|${IPV6}(/${UP_TO_128})?)$`),
  },
  // https://chaos-mesh.org/docs/simulate-dns-chaos-on-kubernetes/
  HostPattern: {
    title: "a pattern of DNS names",
    rule: "letters, digits, - and ., and * or ? for any part",
    example: "*.acme.example",
    pattern: /^(?=.{1,253}$)[A-Za-z0-9*?]([A-Za-z0-9_*?-]*[A-Za-z0-9*?])?([.][A-Za-z0-9*?_-]+)*$/,
  },
  // https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
  LabelKey: {
    title: "a key of a label",
    rule: "up to 63 letters, digits and -_., perhaps with a domain and / in front",
    example: "example.com/disk",
    pattern: new RegExp(`^((?=[^/]{1,253}/)${SUBDOMAIN}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$`),
  },
  LabelValue: {
    title: "a value of a label",
    rule: "up to 63 letters, digits and -_., with a letter or digit at both ends",
    example: "fast",
    pattern: /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
  },
  // What every version takes: https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation#IsEnvVarName
  VariableName: {
    title: "a name of an environment variable",
    rule: "letters, digits, _, - and ., with no digit first and no .. there",
    example: "LOG_LEVEL",
    pattern: /^(?![.]{2}|[.]$)[-._A-Za-z][-._A-Za-z0-9]*$/,
  },
  // https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object
  FileName: {
    title: "a name of a file",
    rule: "1 to 253 letters, digits, -, _ and .",
    example: "app.yaml",
    pattern: /^(?![.]{2}|[.]$)[-._A-Za-z0-9]{1,253}$/,
  },
  // https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1: no `:`; a runtime mounts
  // nothing at / or in /proc
  MountPath: {
    title: "a folder to mount at",
    rule: "an absolute path below /, without :, . and .. in it, and not in /proc",
    example: "/var/lib/app",
    pattern: /^(?=.{2,1000}$)(?!\/proc(\/|$))(\/(?![.]{1,2}(\/|$))[^/:\u0000-\u001f\u007f]+)+\/?$/,
  },
  RequestPath: {
    title: "a path of a request",
    rule: "an absolute path as it stands in a URL",
    example: "/healthz",
    pattern: new RegExp(`^(?=.{1,2000}$)/${PATH_CHARACTER}*([?](${PATH_CHARACTER}|[?])*)?$`),
  },
  UrlPath: {
    title: "a path of a URL",
    rule: "an absolute path without ? and #",
    example: "/shop",
    pattern: new RegExp(`^(?=.{1,2000}$)/${PATH_CHARACTER}*$`),
  },
  // https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation#IsHTTPHeaderName
  HeaderName: {
    title: "a name of a header",
    rule: "letters, digits and -",
    example: "X-Probe",
    pattern: /^[-A-Za-z0-9]{1,200}$/,
  },
  // RFC 9110, section 5.5
  HeaderValue: {
    title: "a value of a header",
    rule: "one line, without control characters",
    example: "text/plain",
    pattern: /^[^\u0000-\u0008\u000a-\u001f\u007f]*$/,
  },
  // A version at its end is let through: `images/version-in-name` says what to do with it.
  ImageName: {
    title: "a repository of images",
    rule: "registry/path in small letters, without tag and digest",
    example: "ghcr.io/acme/checkout",
    pattern: new RegExp(`^(?=.{1,400}$)(${HOST}${PORT}/)?${IMAGE_PART}(/${IMAGE_PART})*([:@][A-Za-z0-9._:@+-]*)?$`),
  },
  ImageTag: {
    title: "a tag of an image",
    rule: "up to 128 letters, digits and ._-, with no . or - first",
    example: "v1.4.2",
    pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
  },
  ImagePlace: {
    title: "a registry or a part of one",
    rule: "registry/path in small letters",
    example: "ghcr.io/acme",
    pattern: new RegExp(`^(?=.{1,255}$)${HOST}${PORT}(/${IMAGE_PART})*/?$`),
  },
  MirroredPlace: {
    title: "a place that is mirrored",
    rule: "registry/path in small letters, the registry with a dot or a port and nothing behind the path, or *",
    example: "docker.io",
    pattern: new RegExp(`^(?=.{1,255}$)([*]|${REGISTRY}(/${IMAGE_PART})*)$`),
  },
  MirrorPlace: {
    title: "a place of a mirror",
    rule: "registry/path in small letters, the registry with a dot or a port",
    example: "registry.example.com/docker-hub",
    pattern: new RegExp(`^(?=.{1,255}$)${REGISTRY}(/${IMAGE_PART})*/?$`),
  },
  RegistryPart: {
    title: "a part of a registry",
    rule: "registry/path in small letters, the registry with a dot or a port",
    example: "quay.io/strimzi",
    pattern: new RegExp(`^(?=.{1,255}$)${REGISTRY}(/${IMAGE_PART})+$`),
  },
  ValuePath: {
    title: "a way to a value of a chart",
    rule: "keys with dots between them",
    example: "image.repository",
    pattern: /^(?=.{1,500}$)[^.[\]"\s]+([.][^.[\]"\s]+)*$/,
  },
  // https://helm.sh/docs/topics/chart_repository/ and https://helm.sh/docs/topics/registries/
  ChartRepository: {
    title: "a repository of charts",
    rule: "https:// or oci://, a host and perhaps a path",
    example: "https://strimzi.io/charts",
    pattern: new RegExp(`^(?=.{1,1000}$)(https|oci)://${HOST}${PORT}(/[A-Za-z0-9._~-]+)*/?$`),
  },
  // https://helm.sh/docs/chart_best_practices/conventions/
  ChartName: {
    title: "a chart's name",
    rule: "small letters, digits and -, . or _ between them",
    example: "strimzi-kafka-operator",
    pattern: /^(?=.{1,250}$)[a-z0-9]+([-._][a-z0-9]+)*$/,
  },
  // https://semver.org/
  ChartVersion: {
    title: "an exact version of a chart",
    rule: "three numbers, perhaps after v and before a suffix: no range, and no word like latest",
    example: "0.46.0",
    pattern: /^v?(0|[1-9][0-9]{0,9})([.](0|[1-9][0-9]{0,9})){2}(-[0-9A-Za-z-]{1,60}([.][0-9A-Za-z-]{1,60}){0,10})?$/,
  },
  GcpProject: {
    title: "a project id of Google Cloud",
    rule: "6 to 30 small letters, digits and -, with a letter first and no - last",
    example: "acme-platform",
    pattern: new RegExp(`^${GCP_PROJECT}$`),
  },
  // https://cloud.google.com/compute/docs/naming-resources
  GcpName: {
    title: "a name that Google Cloud takes",
    rule: "1 to 63 small letters, digits and -, with a letter first and no - last",
    example: "acme-network",
    pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  },
  // https://developer.hashicorp.com/terraform/language/expressions/version-constraints
  ProviderVersion: {
    title: "versions of a Terraform provider",
    rule: "a version, or ~> and the part of one that may not change",
    example: "~> 6.50",
    pattern: /^(~> )?[0-9]{1,4}(\.[0-9]{1,4}){1,2}$/,
  },
  GcpRegionName: {
    title: "a region of Google Cloud",
    rule: "a region, not a zone",
    example: "europe-west1",
    pattern: /^[a-z]{2,20}-[a-z]{2,20}[1-9][0-9]?$/,
  },
  GcpMachineType: {
    title: "a machine type of Google Cloud",
    rule: "a family and a size",
    example: "e2-standard-4",
    pattern: new RegExp(`^(?=.{1,63}$)${GCP_MACHINE}$`),
  },
  GcpBillingAccount: {
    title: "a billing account of Google Cloud",
    rule: "three times six hexadecimal digits in capitals",
    example: "012345-6789AB-CDEF01",
    pattern: /^([0-9A-F]{6}-){2}[0-9A-F]{6}$/,
  },
  GcpServiceAccount: {
    title: "a service account of Google Cloud",
    rule: "its address",
    example: "terraform@acme-platform.iam.gserviceaccount.com",
    pattern: new RegExp(
      `^[a-z0-9]([-a-z0-9]{0,62}[a-z0-9])?@(${GCP_PROJECT}[.]iam|developer|appspot)[.]gserviceaccount[.]com$`,
    ),
  },
  GcpIdentityProvider: {
    title: "a workload identity provider of Google Cloud",
    rule: "projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>",
    example: "projects/123456789012/locations/global/workloadIdentityPools/platform/providers/management",
    pattern:
      /^projects\/[0-9]{1,20}\/locations\/global\/workloadIdentityPools\/[-a-z0-9]{4,32}\/providers\/[-a-z0-9]{4,32}$/,
  },
  AwsAccount: {
    title: "an account of AWS",
    rule: "its twelve digits, in quotes",
    example: "111122223333",
    pattern: /^[0-9]{12}$/,
  },
  AwsRegionName: {
    title: "a region of AWS",
    rule: "a region, not a zone",
    example: "eu-west-3",
    pattern: /^[a-z]{2,4}(-[a-z]{2,20}){1,3}-[1-9][0-9]?$/,
  },
  AwsMachineType: {
    title: "a machine type of AWS",
    rule: "a family and a size",
    example: "m6i.xlarge",
    pattern: new RegExp(`^(?=.{1,63}$)${AWS_MACHINE}$`),
  },
  AwsRole: {
    title: "a role of AWS",
    rule: "its ARN",
    example: "arn:aws:iam::111122223333:role/terraform",
    pattern: new RegExp(`${AWS_ARN}role${AWS_NAME}`),
  },
  AwsPrincipal: {
    title: "a role or user of AWS",
    rule: "its ARN",
    example: "arn:aws:iam::111122223333:role/platform",
    pattern: new RegExp(`${AWS_ARN}(role|user)${AWS_NAME}`),
  },
  AzureId: {
    title: "an id of Azure",
    rule: "hexadecimal digits in groups of 8, 4, 4, 4 and 12",
    example: "00000000-0000-0000-0000-000000000003",
    pattern: new RegExp(`^${UUID}$`),
  },
  AzureRegionName: {
    title: "a region of Azure",
    rule: "its short name, in small letters and digits",
    example: "westeurope",
    pattern: /^[a-z][a-z0-9]{2,40}$/,
  },
  AzureMachineType: {
    title: "a machine type of Azure",
    rule: "a tier, a family and a size",
    example: "Standard_D4s_v5",
    pattern: new RegExp(`^(?=.{1,63}$)${AZURE_MACHINE}$`),
  },
  // https://learn.microsoft.com/azure/cost-management-billing/costs/understand-work-scopes
  AzureBillingScope: {
    title: "a billing scope of Azure",
    rule: "a resource id that costs are billed to",
    example: "/subscriptions/00000000-0000-0000-0000-000000000001",
    pattern: new RegExp(
      `^/(subscriptions/${UUID}(/resourceGroups/${AZURE_GROUP})?|providers/Microsoft[.](Billing/billingAccounts|Management/managementGroups)/[A-Za-z0-9._:-]{1,200}(/[A-Za-z]{1,50}/[A-Za-z0-9._:-]{1,200}){0,3})$`,
    ),
  },
  // https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#vault-name-and-object-name
  AzureKeyVault: {
    title: "a key vault of Azure",
    rule: "its resource id",
    example:
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/secrets/providers/Microsoft.KeyVault/vaults/acme",
    pattern: new RegExp(
      `^/subscriptions/${UUID}/resourceGroups/${AZURE_GROUP}/providers/Microsoft[.]KeyVault/vaults/[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$`,
    ),
  },
  // Azure's bound, the narrowest where a name is free:
  // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
  NetworkName: {
    title: "a name of a network",
    rule: "1 to 64 letters, digits, ., - and _, with a letter or digit first",
    example: "acme-network",
    pattern: /^[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_])?$/,
  },
  ZoneName: {
    title: "a zone",
    rule: "small letters, digits and -",
    example: "eu-west-3a",
    pattern: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  },
  MachineType: {
    title: "a machine type",
    rule: "one of Google Cloud, AWS or Azure",
    example: "e2-standard-4",
    pattern: new RegExp(`^(?=.{1,63}$)(${GCP_MACHINE}|${AWS_MACHINE}|${AZURE_MACHINE})$`),
  },
  // What the runners' modules take; GitHub itself splits them at commas.
  RunnerLabel: {
    title: "a label of runners",
    rule: "letters, digits, ., _ and -",
    example: "linux",
    pattern: /^[A-Za-z0-9._-]{1,100}$/,
  },
  SlackChannel: {
    title: "a channel of Slack",
    rule: "its name or id in one word",
    example: "#team-checkout",
    pattern: /^[#@]?[^\s#@,<>"'`\u0000-\u001f\u007f-\u009f]{1,80}$/,
  },
  WebUrl: {
    title: "an address on the web",
    rule: "http:// or https://, a host and a path",
    example: "https://hooks.acme.example/alerts",
    pattern: new RegExp(`^(?=.{1,2000}$)https?://${HOST}${PORT}(/${PATH_CHARACTER}*)?([?](${PATH_CHARACTER}|[?])*)?$`),
  },
  MailAddress: {
    title: "a mail address",
    rule: "one address without a name",
    example: "team-checkout@acme.example",
    pattern: new RegExp(`^(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@${HOST}$`),
  },
  TargetName: {
    title: "a name of a target",
    rule: "small letters and -",
    example: "argo-rollouts",
    pattern: /^[a-z][-a-z0-9]{0,62}$/,
  },
  CheckName: {
    title: "an id of a check",
    rule: "a group and a rule, in small letters and -",
    example: "images/digest-in-production",
    pattern: /^[a-z][-a-z0-9]{0,62}\/[a-z][-a-z0-9]{0,62}$/,
  },
  PathPattern: {
    title: "a config path",
    rule: 'names and indexes, with * for any one, and names with other signs in ["..."]',
    example: "services.*.ports.http",
    pattern:
      /^(?=.{1,1000}$)(?:[^.[\]"\s]+|\["[^"\\\u0000-\u001f]+"\])(?:\.[^.[\]"\s]+|\[(?:\d+|\*|"[^"\\\u0000-\u001f]+")\])*$/,
  },
  Day: {
    title: "a day",
    rule: "year, month and day, with all their digits",
    example: "2027-03-31",
    pattern: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  },
  ModuleName: {
    title: "a package or a file",
    rule: "a name as npm has it, or a path that begins with ./ or ../",
    example: "@acme/eco-cert-manager",
    pattern:
      /^(?=.{1,214}$)(?:(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(?:\/[A-Za-z0-9._-]+)*|\.{1,2}\/[A-Za-z0-9._/-]+)$/,
  },
  // https://kubernetes.io/docs/reference/using-api/#api-groups
  GroupedKind: {
    title: "a kind with its API group",
    rule: "group/Kind, or the kind alone where it is of Kubernetes' oldest group",
    example: "kafka.strimzi.io/KafkaTopic",
    pattern: new RegExp(`^((?=[^/]{1,253}/)${SUBDOMAIN}/)?[A-Z][A-Za-z0-9]{0,62}$`),
  },
  KindName: {
    title: "a kind",
    rule: "letters and digits, with a capital first",
    example: "Rollout",
    pattern: /^[A-Z][A-Za-z0-9]{0,62}$/,
  },
  JsonPointer: {
    title: "a JSON pointer",
    rule: "steps that each begin with /, with ~1 for / and ~0 for ~ inside of one",
    example: "/spec/replicas",
    pattern: /^(\/([^/~\u0000]|~[01])*)*$/,
  },
} satisfies Record<string, Text>;
