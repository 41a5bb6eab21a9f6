import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gitPorts } from "./network.ts";

const test = suite("ports that a repository is cloned from");

const CASES: [url: string, ports: number[]][] = [
  ["https://github.com/acme/shop.git", [443]],
  ["https://git.acme.example:8443/shop.git", [443, 8443]],
  ["https://user:word@git.acme.example:8443/shop.git", [443, 8443]],
  ["https://user:1234@git.acme.example/shop.git", [443]],
  ["http://git.acme.example/shop.git", [80, 443]],
  ["ssh://git@git.acme.example/shop.git", [22, 443]],
  ["ssh://git@git.acme.example:7999/shop.git", [443, 7999]],
  ["git@github.com:acme/shop.git", [22, 443]],
  ["git@github.com:2222/shop.git", [22, 443]], // a folder: scp's notation knows no port
];
for (const [url, ports] of CASES) test(url, () => assert.equal(gitPorts(url), ports));

test.run();
