/**
 * promtool, with the engine of PromQL in it:
 * https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { consumer } from "../../toolchain/consumer.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import type { Question } from "./questions.ts";
import { scenariosOf } from "./scenarios.ts";

interface Result {
  ok: boolean;
  /** All that it said. */
  said: string;
}

function promtool(args: readonly string[], cwd?: string): Result {
  const { status, stdout, stderr } = spawnSync(consumer("promtool")!, args, {
    encoding: "utf8",
    cwd,
    maxBuffer: 64 << 20,
  });
  return { ok: status === 0, said: `${stdout}${stderr}` };
}

export const promtoolVersion = (): string => /version ([\d.]+)/.exec(promtool(["--version"]).said)![1]!;

export function promtoolOn(command: readonly string[], content: unknown, name = "file.yaml"): Result {
  const folder = temporaryFolder("promtool");
  writeFileSync(join(folder, name), JSON.stringify(content)); // JSON is YAML
  return promtool([...command, name], folder);
}

/**
 * Asks every question in every scenario; `ok` where each answer is the scenario's. `instead` is asked in the same
 * scenarios, for mutants.
 */
export function testQuestions(
  questions: readonly Question[],
  instead: Partial<Question> = {},
): Result & { asked: number } {
  const tests = questions.flatMap((question) => {
    const { query, comparison, threshold } = { ...question, ...instead };
    return scenariosOf(question).map(({ name, series, holds }) => ({
      name: `${question.title}: ${name}`,
      interval: "15s",
      input_series: series.map(({ metric, labels, perMinute }) => ({
        series: `${metric}{${Object.entries(labels)
          .map(([label, value]) => `${label}="${value}"`)
          .join(",")}}`,
        values: `0+${perMinute / 4}x60`,
      })),
      promql_expr_test: [
        {
          expr: `(${query}) ${comparison} bool ${threshold}`,
          eval_time: "15m",
          exp_samples: holds === undefined ? [] : [{ labels: "{}", value: holds ? 1 : 0 }],
        },
      ],
    }));
  });
  return { ...promtoolOn(["test", "rules"], { evaluation_interval: "15s", tests }), asked: tests.length };
}
