import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MANIFEST_PATH } from "./index.ts";
import { A, B, found, GIT_CONFLICT, paths, planFiles, refuses, textOf, writeFiles } from "./test/runs.ts";
import { inFolder, put, type Files } from "./test/tree.ts";

const test = suite("merges");

const HEADED = "# a\n# b\n# c\n";

test(
  "a file that git merged from two outputs is written anew, and said",
  inFolder((root) => {
    const sides: Files[] = ["x", "y"].map((side) => ({ "helm:generated/web/values.yaml": `${HEADED}${side}\n` }));
    const [ours, theirs] = sides.map((files) => {
      writeFiles(root, files);
      return textOf(root, MANIFEST_PATH);
    }) as [string, string];
    const lineOf = (text: string) => text.split("\n").find((line) => line.includes("values.yaml"))!;
    put(root, MANIFEST_PATH, ours.replace(lineOf(ours), `${lineOf(ours)}\n${lineOf(theirs)}`));
    for (const [merged, said] of [
      [`${HEADED}x\n`, false],
      [`${HEADED}x\ny\n`, true],
      [`${HEADED}${GIT_CONFLICT("x\n", "y\n")}`, true],
    ] as const) {
      put(root, "generated/web/values.yaml", merged);
      const outcome = planFiles(root, { "helm:generated/web/values.yaml": `${HEADED}z\n` });
      assert.equal(
        [found(outcome), paths(outcome).change],
        [said ? ["write/merged generated/web/values.yaml"] : [], ["generated/web/values.yaml"]],
      );
    }
    writeFiles(root, { "helm:generated/web/values.yaml": `${HEADED}z\n` });
    assert.is(textOf(root, MANIFEST_PATH).match(/values\.yaml/g)!.length, 1, "the manifest knows one hash again");
  }),
);

test(
  "conflict markers in a file that we own are resolved, although the manifest was not in conflict",
  inFolder((root) => {
    writeFiles(root, A);
    put(root, "generated/web/values.yaml", GIT_CONFLICT("a: 1\n", "a: 3\n"));
    const outcome = writeFiles(root, B);
    assert.equal(found(outcome), ["write/merged generated/web/values.yaml"]);
    assert.is(textOf(root, "generated/web/values.yaml"), "a: 2\n");
    put(root, "generated/foreign.yaml", GIT_CONFLICT("a: 1\n", "a: 3\n"));
    refuses(root, { ...B, "helm:generated/foreign.yaml": "x\n" }, ["write/foreign-file generated/foreign.yaml"]);
  }),
);

test(
  "a merged tree whose files are right needs no run, whatever its manifest's hashes and order",
  inFolder((root) => {
    writeFiles(root, A);
    const stale = textOf(root, MANIFEST_PATH);
    writeFiles(root, B);
    const lines = textOf(root, MANIFEST_PATH).split("\n");
    const at = lines.findIndex((line) => line.includes("values.yaml"));
    put(
      root,
      MANIFEST_PATH,
      [...lines.slice(0, at), stale.split("\n").find((line) => line.includes("values.yaml"))!, ...lines.slice(at)].join(
        "\n",
      ),
    );
    assert.ok(planFiles(root, B).clean);
    const missing = lines.filter((line) => !line.includes("new.yaml")).join("\n");
    put(root, MANIFEST_PATH, missing);
    assert.not(planFiles(root, B).clean, "a file that the manifest does not own");
  }),
);

test.run();
