import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGES } from "./cdktf-package.ts";
import { extract, typesInUse } from "./extract.ts";
import { SCHEMA_FOLDER, loadSchemas, providerSchema } from "./provider-schema.ts";

const test = suite("terraform: provider schemas");

for (const [provider, source] of Object.entries(PACKAGES)) {
  test(`${provider} covers the types that the modules use, and no more`, () => {
    const { resource_schemas, data_source_schemas } = providerSchema(loadSchemas().get(provider)!);
    assert.equal(
      { resources: Object.keys(resource_schemas), dataSources: Object.keys(data_source_schemas) },
      typesInUse(provider),
    );
  });

  // 30 MB each, fetched once.
  test(`${provider} is what ${source.name}@${source.version} says`, () => {
    const fresh = readFileSync(new URL(`${provider}.json`, SCHEMA_FOLDER), "utf8") === extract(provider);
    assert.ok(fresh, `provider-schemas/${provider}.json is stale: run extract.ts ${provider}`);
  });
}

test("an argument's name is the provider's, where camelCase cannot tell", () => {
  const { attributes, block_types } =
    loadSchemas().get("google")!.provider_schemas["registry.terraform.io/hashicorp/google"]!.resource_schemas[
      "google_container_cluster"
    ]!.block;
  assert.ok(attributes["cluster_ipv4_cidr"]);
  assert.ok(block_types["private_cluster_config"]!.block.attributes["master_ipv4_cidr_block"]);
});

test("blocks, sets and computed values are told apart", () => {
  const { resource_schemas } = providerSchema(loadSchemas().get("google")!);
  const network = resource_schemas["google_compute_network"]!.block.attributes;
  const cluster = resource_schemas["google_container_cluster"]!.block;
  assert.equal(network["name"], { type: "string", required: true });
  assert.equal(network["self_link"], { type: "string", computed: true });
  assert.equal(cluster.attributes["node_locations"]!.type, ["set", "string"]);
  assert.is(cluster.block_types["release_channel"]!.max_items, 1);
  assert.is(cluster.block_types["timeouts"]!.nesting_mode, "single");
  assert.ok(cluster.block_types["master_auth"]!.block.attributes["cluster_ca_certificate"]!.computed);
});

test.run();
