/** Where connections lead outside of the platform: names, addresses, networks, and what is known of each. */
import ipaddr from "ipaddr.js";
import type { Destination } from "../config/texts.ts";

/** Whether it is an address or a network, which network rules can name; names they cannot. */
export const isAddress = (destination: Destination): boolean =>
  /^[0-9.]+(\/|$)/.test(destination) || destination.includes(":");

/** An address as a network of its own, a network as it is. */
export const blockOf = (address: Destination): string =>
  address.includes("/") ? address : `${address}/${address.includes(":") ? 128 : 32}`;

/** The first address of a network, where it is written with another one. */
export function firstAddress(address: Destination): string | undefined {
  const block = blockOf(address);
  const [written] = ipaddr.parseCIDR(block);
  const family = written.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  const first = family.networkAddressFromCIDR(block).toString();
  return first === written.toString() ? undefined : first;
}

/** https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 */
export const AZURE_HOST = "168.63.129.16/32";

/** Ranges that are no destination, whatever they are called. */
const NO_DESTINATIONS: readonly [range: string, title: string][] = [
  // RFC 3927; the metadata servers of all three clouds are in it, which hand out the rights of the node.
  ["169.254.0.0/16", "link-local addresses, where the metadata server gives away the rights of the node"],
  [AZURE_HOST, "the address at which Azure hands its machines their settings and keys"],
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
  ["fd00:ec2::/32", "addresses of EC2, where the metadata server gives away the rights of the node"],
  ["fe80::/10", "link-local addresses"],
  ["127.0.0.0/8", "the pod itself"],
  ["::1/128", "the pod itself"],
  ["0.0.0.0/8", "no host"],
  ["::/128", "no host"],
  ["224.0.0.0/4", "groups of hosts, which no connection leads to"],
  ["ff00::/8", "groups of hosts, which no connection leads to"],
  // RFC 4291, section 2.5.5.2: the network never carries them.
  ["::ffff:0:0/96", "addresses of IPv4 in the notation of IPv6; write them as IPv4"],
];

/** What an address or a network is, or holds, that stays closed. */
export const neverOpen = (address: Destination): { range: string; title: string } | undefined =>
  NO_DESTINATIONS.filter(([range]) => overlap(blockOf(address), range)).map(([range, title]) => ({ range, title }))[0];

/** Networks overlap where the wider one holds the narrower one's address. */
function overlap(one: string, other: string): boolean {
  const [[a, aPrefix], [b, bPrefix]] = [ipaddr.parseCIDR(one), ipaddr.parseCIDR(other)];
  return a.kind() === b.kind() && a.match(b, Math.min(aPrefix, bPrefix));
}

/** Names that lead to addresses which are not public, wherever they are asked for. */
const PRIVATE_NAMES: readonly [pattern: RegExp, title: string][] = [
  [/^[^.]+$/, "a single word is no name of the internet"],
  // https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
  [/(^|\.)(svc|cluster\.local)$/, "names of Services are of the cluster"],
  // RFC 6761 and 6762
  [/\.(local|localhost)$/, "what ends like this is found in one's own network alone"],
  // https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en
  [/\.internal$/, ".internal is set aside for private networks"],
  [/\.home\.arpa$/, ".home.arpa is set aside for private networks"], // RFC 8375
  // https://learn.microsoft.com/azure/private-link/private-endpoint-dns
  [/(^|\.)privatelink\./, "names of a private endpoint lead to its private address"],
  // https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
  [/\.vpce\.amazonaws\.com(\.cn)?$/, "names of an interface endpoint lead to its private addresses"],
];

/** Names that lead to private addresses inside of the network that the thing is in, and perhaps to others elsewhere. */
const LIKELY_PRIVATE_NAMES: readonly [pattern: RegExp, title: string][] = [
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
  [
    /\.(rds|docdb|cache|memorydb|redshift|kafka)(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/,
    "a managed store or broker of AWS",
  ],
  [/^vpc-.+\.es\.amazonaws\.com(\.cn)?$/, "a domain of OpenSearch in a VPC"],
];

const titleOf = (names: readonly [pattern: RegExp, title: string][], host: string): string | undefined =>
  names.find(([pattern]) => pattern.test(host))?.[1];

/** Why a name leads to private addresses, as far as names tell; undefined where they do not. */
export const privateName = (host: Destination): string | undefined =>
  isAddress(host) ? undefined : titleOf(PRIVATE_NAMES, host);

/** What a name is the name of, where such things have private addresses inside of their own network. */
export const likelyPrivateName = (host: Destination): string | undefined =>
  isAddress(host) || privateName(host) !== undefined ? undefined : titleOf(LIKELY_PRIVATE_NAMES, host);
