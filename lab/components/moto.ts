/**
 * moto (https://docs.getmoto.org): AWS' APIs on the loopback interface, in memory. It holds what it is told and answers
 * as AWS would; it checks neither signatures nor rights, carries no packet and runs no machine. A peer for what speaks
 * to AWS, never a proof of AWS itself.
 */
import { neededTool } from "../cluster/tools.ts";
import { freePort } from "../ports.ts";
import { startProcess } from "../process.ts";
import { beginRun, endRun, type Run } from "../run.ts";

export interface Moto {
  url: string;
  /** What a client of AWS needs in its environment so that it speaks to moto and to nobody else. */
  environment: Readonly<Record<string, string>>;
  /** A request of a service in a region, as AWS' own clients would make it. Throws where moto refuses. */
  request(to: AwsRequest): Promise<Answer>;
  /** One of the services with `Action` parameters: EC2, IAM, Auto Scaling, STS. The answer is XML. */
  query(
    service: string,
    region: string,
    action: string,
    parameters?: Readonly<Record<string, string>>,
  ): Promise<string>;
  /** One of the services with an `X-Amz-Target`: KMS, CloudWatch Logs. */
  json(service: string, region: string, target: string, body?: unknown): Promise<any>;
  stop(): Promise<void>;
}

interface AwsRequest {
  service: string;
  region: string;
  method?: string;
  /** Default: `/`. */
  path?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

interface Answer {
  headers: Headers;
  text: string;
}

/**
 * By service, the version of its API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html and
 * the like.
 */
const VERSIONS: Readonly<Record<string, string>> = {
  autoscaling: "2011-01-01",
  ec2: "2016-11-15",
  iam: "2010-05-08",
  sts: "2011-06-15",
};

/** Starts an empty AWS account; with `run`, in a run that somebody else ends. */
export async function startMoto({ account, run: given }: { account: string; run?: Run }): Promise<Moto> {
  const run = given ?? beginRun("moto");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { stop } = await startProcess(run, {
    name: "moto",
    command: neededTool("moto_server"),
    args: ["-H", "127.0.0.1", "-p", String(port)],
    // Without the latter no policy of AWS' own can be attached.
    env: { MOTO_ACCOUNT_ID: account, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
    ready: async () => (await fetch(`${url}/moto-api/`)).ok,
    seconds: 120,
  });

  const request = async ({
    service,
    region,
    method = "POST",
    path = "/",
    headers = {},
    body,
  }: AwsRequest): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...authorization(service, region) },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} ${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return { headers: response.headers, text };
  };
  return {
    url,
    environment: environmentOf(url),
    request,
    query: async (service, region, action, parameters = {}) => {
      const body = new URLSearchParams({ Action: action, Version: VERSIONS[service]!, ...parameters }).toString();
      return (
        await request({ service, region, headers: { "content-type": "application/x-www-form-urlencoded" }, body })
      ).text;
    },
    json: async (service, region, target, body = {}) => {
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
      return JSON.parse((await request({ service, region, headers, body: JSON.stringify(body) })).text || "null");
    },
    stop: async () => {
      await stop();
      if (!given) endRun(run);
    },
  };
}

/**
 * moto takes service and region from the credential's scope
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html), and no notice of the signature.
 */
const authorization = (service: string, region: string): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=lab/20000101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
});

/**
 * An address rather than a name as endpoint: buckets are then part of the path, since nothing resolves
 * `BUCKET.localhost`. The caller's own credentials and profiles are out of reach, whatever happens to the endpoint.
 */
const environmentOf = (url: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: "lab",
  AWS_SECRET_ACCESS_KEY: "lab",
  AWS_SESSION_TOKEN: "",
  AWS_PROFILE: "",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
});
