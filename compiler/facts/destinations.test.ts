import { test } from "uvu";
import * as assert from "uvu/assert";
import { texts } from "../config/texts.ts";
import { blockOf, firstAddress, isAddress, likelyPrivateName, neverOpen, privateName } from "./destinations.ts";

const ADDRESSES: [text: string, block: string, first?: string][] = [
  ["10.1.2.3", "10.1.2.3/32"],
  ["10.1.2.0/24", "10.1.2.0/24"],
  ["10.1.2.3/24", "10.1.2.3/24", "10.1.2.0"],
  ["203.0.113.9", "203.0.113.9/32"],
  ["fd12:3456::1", "fd12:3456::1/128"],
  ["2001:db8::/32", "2001:db8::/32"],
  ["2001:db8::1/32", "2001:db8::1/32", "2001:db8::"],
  ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8/128"],
  ["::ffff", "::ffff/128"],
];
for (const [text, block, first] of ADDRESSES)
  test(`${text} is an address`, () => {
    assert.match(text, texts.Destination.pattern);
    assert.ok(isAddress(text));
    assert.is(blockOf(text), block);
    assert.is(firstAddress(text), first);
    assert.is(privateName(text), undefined);
    assert.is(likelyPrivateName(text), undefined);
  });

const NEITHER = [
  "10.1.2",
  "10.1.2.300",
  "10.1.2.03",
  "10.1.2.3/33",
  "1::2::3",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7:8::",
  "fd00::/129",
  "FD00::1",
  "fe80::1%eth0",
  "a.example/24",
  "12",
  "a.12",
  ":",
  ":::",
];
for (const text of NEITHER)
  test(`${text} is neither a name nor an address`, () => assert.not.match(text, texts.Destination.pattern));

const CLOSED: [address: string, range: string | undefined][] = [
  ["169.254.169.254", "169.254.0.0/16"],
  ["169.254.0.0/17", "169.254.0.0/16"],
  ["168.0.0.0/7", "169.254.0.0/16"],
  ["0.0.0.0/0", "169.254.0.0/16"],
  ["168.63.129.16", "168.63.129.16/32"],
  ["168.63.129.17", undefined],
  ["fd00:ec2::254", "fd00:ec2::/32"],
  ["::/0", "fd00:ec2::/32"],
  ["fe80::1", "fe80::/10"],
  ["127.0.0.1", "127.0.0.0/8"],
  ["::1", "::1/128"],
  ["::2", undefined],
  ["0.0.0.0", "0.0.0.0/8"],
  ["239.1.2.3", "224.0.0.0/4"],
  ["ff02::1", "ff00::/8"],
  ["::ffff:a9fe:a9fe", "::ffff:0:0/96"],
  ["10.0.0.0/8", undefined],
  ["100.64.0.1", undefined],
  ["172.16.0.0/12", undefined],
  ["192.168.1.1", undefined],
  ["170.0.0.0/8", undefined],
  ["fd12::/16", undefined],
  ["2001:db8::1", undefined],
];
for (const [address, range] of CLOSED)
  test(`${address} ${range === undefined ? "may be open" : `stays closed`}`, () =>
    assert.is(neverOpen(address)?.range, range));

const NAMES: [host: string, kind: "public" | "private" | "likely"][] = [
  ["api.stripe.com", "public"],
  ["*.example.com", "public"],
  ["internal.example.com", "public"],
  ["local.example", "public"],
  ["svc.example", "public"],
  ["privatelinks.example", "public"],
  ["orders.db.internal", "private"],
  ["*.corp.internal", "private"],
  ["metadata.google.internal", "private"],
  ["printer.local", "private"],
  ["nas.home.arpa", "private"],
  ["localhost", "private"],
  ["web", "private"],
  ["web.shop.svc", "private"],
  ["web.shop.svc.cluster.local", "private"],
  ["acme.privatelink.postgres.database.azure.com", "private"],
  ["privatelink.vaultcore.azure.net", "private"],
  ["vpce-1-a.s3.eu-west-1.vpce.amazonaws.com", "private"],
  ["s3.eu-west-1.amazonaws.com", "public"],
  ["rds.eu-west-1.amazonaws.com", "public"],
  ["kafka.eu-west-1.amazonaws.com", "public"],
  ["orders.abc123.eu-west-1.rds.amazonaws.com", "likely"],
  ["orders.abc123.rds.cn-north-1.amazonaws.com.cn", "likely"],
  ["orders.abc123.0001.euw1.cache.amazonaws.com", "likely"],
  ["b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com", "likely"],
  ["vpc-orders-abc123.eu-west-1.es.amazonaws.com", "likely"],
  ["search-orders-abc123.eu-west-1.es.amazonaws.com", "public"],
];
for (const [host, kind] of NAMES)
  test(`${host} is ${kind}`, () => {
    assert.match(host, texts.Destination.pattern);
    assert.not.ok(isAddress(host));
    assert.is(privateName(host) !== undefined, kind === "private");
    assert.is(likelyPrivateName(host) !== undefined, kind === "likely");
  });

test.run();
