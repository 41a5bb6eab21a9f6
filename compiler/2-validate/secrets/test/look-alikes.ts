import { args, command, env, file, header, json, label, merge, probe, type Place } from "./places.ts";
import { base64, encoded, hex, lower, mixed, pem, uuid } from "./random.ts";

/** What is no secret although its name or its form resembles one. */
export const lookAlikes: readonly (readonly [title: string, place: Place])[] = [
  ...Object.entries({
    PASSWORD_FILE: "/run/secrets/db",
    DB_PASSWORD_FILE: "/var/run/secrets/database/password",
    TOKEN_PATH: "/var/run/secrets/tokens/vault-token",
    SECRET_PATH: "kv/data/checkout/stripe",
    TOKEN_TTL: "15m",
    TOKEN_EXPIRY_SECONDS: "3600",
    PASSWORD_MIN_LENGTH: "12",
    MAX_TOKENS: "4096",
    API_KEY_HEADER: "X-Api-Key",
    TOKEN_ENDPOINT: "https://login.example/oauth2/token",
    OAUTH_TOKEN_URL: "https://login.example/realms/shop/protocol/openid-connect/token",
    SECRET_NAME: "web-tls",
    TLS_SECRET_NAME: "shop-wildcard-tls",
    AWS_SECRET_ARN: "arn:aws:secretsmanager:eu-west-3:111122223333:secret:shop/db-AbCdEf",
    DB_SECRET: "arn:aws:secretsmanager:eu-west-3:111122223333:secret:shop/db-AbCdEf",
    SECRET_ID: "projects/acme/secrets/db/versions/latest",
    DB_PASSWORD: "$(DATABASE_PASSWORD)",
    DB_PASSWORD_2: "${DATABASE_PASSWORD}",
    ADMIN_PASSWORD: "<password>",
    STRIPE_API_KEY: "{{ .Values.stripe.key }}",
    SECRET_MANAGER: "gcp",
    SECRETS_BACKEND: "vault",
    PASSWORD_POLICY: "strong",
    PASSWORD_HASH_ALGORITHM: "argon2id",
    PASSWORD_RESET_URL: "https://shop.example/reset-password",
    PASSWORD_RESET_ENABLED: "true",
    TOKENIZER: "cl100k_base",
    TOKENIZERS_PARALLELISM: "false",
    SECRETARY: "office",
    KEY: "hunter2",
    PUBLIC_KEY: "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
    JWT_PUBLIC_KEY:
      "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----",
    SSH_HOST_KEY: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE",
    PARTITION_KEY: "customer_id",
    CACHE_KEY_PREFIX: "shop:v2:",
    ROUTING_KEY: "orders.created",
    SORT_KEY: "created_at",
    IDEMPOTENCY_KEY_HEADER: "Idempotency-Key",
    KEY_VAULT_URL: "https://acme.vault.azure.net/",
    KMS_KEY_ID: "arn:aws:kms:eu-west-3:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    KMS_KEY: "projects/acme/locations/europe/keyRings/a/cryptoKeys/b",
    AUTH_MODE: "oidc",
    AUTH_ENABLED: "true",
    AUTH_URL: "https://auth.example",
    AUTHOR: "Jane Doe",
    AUTHORIZED_NETWORKS: "10.0.0.0/8,192.0.2.0/24",
    OAUTH_CLIENT_ID: "shop-frontend.apps.example",
    CLIENT_ID: uuid(),
    TENANT_ID: uuid(),
    TOKEN_ISSUER: "https://issuer.example",
    TOKEN_AUDIENCE: "shop",
    TOKEN_TYPE: "Bearer",
    ACCESS_TOKEN_LIFETIME: "1h",
    REFRESH_TOKEN_ROTATION: "enabled",
    CSRF_TOKEN_NAME: "csrf_token",
    CSRF_COOKIE: "XSRF-TOKEN",
    SESSION_COOKIE_NAME: "sid",
    COMPASS: "north",
    BYPASS: "10.0.0.1",
    PASS_THROUGH: "headers",
    GIT_SHA: hex(40),
    COMMIT: hex(40),
    IMAGE_DIGEST: `sha256:${hex(64)}`,
    CHECKSUM: hex(64),
    SRI: `sha384-${base64(64)}`,
    ETAG: hex(32),
    TRACE_ID: hex(32),
    BUILD_ID: uuid(),
    CORRELATION_ID: uuid(),
    HOSTNAME: `ip-10-0-${hex(8)}.eu-west-3.compute.internal`,
    LB: `k8s-shop-web-${lower(10)}-${lower(10)}.elb.eu-west-3.amazonaws.com`,
    CDN: `d${lower(13)}.cloudfront.net`,
    SUBNETS: "subnet-0a1b2c3d4e5f67890,subnet-0f9e8d7c6b5a43210",
    ROLE: "arn:aws:iam::111122223333:role/eks-node-AbCdEfGhIjKl",
    RESOURCE: `/subscriptions/${uuid()}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/acme`,
    FEATURES: "new-checkout=on,token-login=off,password-reset=on",
    DATABASE_URL: "postgres://db.internal:5432/shop",
    DATABASE_URL_USER: "postgres://app@db.internal:5432/shop",
    DATABASE_URL_REF: "postgres://app:$(DB_PASSWORD)@db.internal/shop",
    DATABASE_URL_TEMPLATE: "postgres://{{user}}:{{password}}@db/shop",
    DATABASE_URL_SHELL: "postgres://app:${PASSWORD}@db.example/shop",
    REDIS_URL: "redis://cache:6379/0",
    GIT: "git@github.com:acme/platform.git",
    SSH: "ssh://git@github.com/acme/platform.git",
    PAGE: "https://example.com:8080/a@b",
    SEARCH: "https://example.com/search?q=token&sort=key",
    OPENTELEMETRY: "http://otel-collector.observability:4317",
    SENTRY_DSN: `https://${hex(32)}@o123456.ingest.sentry.io/1234567`,
    JAVA_OPTS: "-Xmx512m -XX:+UseG1GC -Dfile.encoding=UTF-8",
    LOG_FORMAT: '%h %l %u %t "%r" %>s %b token=%{X-Token}i',
    SCHEDULE: "0 4 * * *",
    VERSION: "1.31.4-gke.1372000",
    MACHINE: "n2-standard-8",
    CERT: pem("CERTIFICATE"),
    LOGO: encoded("<svg xmlns='http://www.w3.org/2000/svg'><circle r='4'/></svg>"),
    COLORS: encoded(JSON.stringify({ primary: "#336699", secondary: "#ffffff", accent: "#cc0000" })),
    ALPHABET: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    STRIPE_PUBLISHABLE_KEY: "pk_test_placeholder",
    VAULT_SECRET: "vault:secret/data/shop#password",
    OP_SECRET: "op://prod/db/password",
    SOPS_PASSWORD: "ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UQ==,type:str]",
    SECRET_ROTATION_DAYS: "30",
    EXISTING_SECRET: "db-credentials",
    IMAGE_PULL_SECRET: "registry-login",
    CREDENTIALS_SECRET_REF: "db-credentials",
    PASSWORDLESS: "true",
    TOKEN_BUCKET_SIZE: "100",
    RATE_LIMIT_TOKENS: "100",
    PASSWORD_COLUMN: "password_hash",
    LOGIN_FIELDS: "username,password",
    SECRET_SANTA: "december",
    KEYBOARD: "us",
    MONKEY: "george",
    KEYCLOAK_REALM: "shop",
    GOOGLE_APPLICATION_CREDENTIALS: "/var/run/secrets/google/key.json",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/var/run/secrets/eks.amazonaws.com/serviceaccount/token",
    NEXT_PUBLIC_API_KEY_NAME: "maps",
    TEXT: "Please enter your password: it must have 12 characters",
    HELP: "use --token to pass a token",
    UNSET_PASSWORD: "",
    SA_TOKEN_AUTOMOUNT: "false",
    JWKS: "https://issuer.example/.well-known/jwks.json",
    LICENSE: "Apache-2.0",
    SIGNATURE_VERSION: "v4",
    SAS_LIFETIME: "PT1H",
    PIN_THREADS: "1",
    BASIC_AUTH_REALM: "Restricted",
    PASSPORT_STRATEGY: "saml",
    SEED: "42",
    NONCE_SIZE: "16",
    ACCESS_KEYS_ENABLED: "false",
    AUTH: "basic",
    CREDENTIALS: "include",
    TOKEN: "$VAULT_TOKEN",
    SALT_MASTER: "salt.internal",
  }).map(([name, value]) => [name, env(name, value)] as const),
  ["flags without values", args("--enable-token-auth", "--password-file=/run/secrets/db", "--token-ttl=1h")],
  ["--password-file", args("--password-file", "/run/secrets/db", "--api-key-header", "X-Api-Key")],
  ["a flag after a flag", args("--require-password", "--verbose")],
  ["-p as a port", command("server", "-p", "8080")],
  ["-p of mkdir", command("sh", "-c", "mkdir -p /data/cache && exec /app")],
  ["-p of ssh", command("ssh", "-p", "2222", "host")],
  ["-u of a user", command("gosu", "-u", "app", "/app")],
  ["-u with ids", command("docker", "run", "-u", "1000:1000", "x")],
  ["-a of ls", probe("ls", "-a", "/tmp")],
  ["a reference", command("mysql", "-p$(MYSQL_PASSWORD)", "shop")],
  ["a reference in a script", command("sh", "-c", 'PGPASSWORD="$(cat /run/secrets/db)" psql -h db')],
  ["a variable in a script", command("sh", "-c", 'curl -u "$USER:$PASSWORD" https://x.example')],
  ["a variable in a header", command("sh", "-c", 'curl -H "Authorization: Bearer $TOKEN" https://x.example')],
  ["--auth", args("--auth", "oidc", "--auth-mode=oauth2", "--auth.type", "jwt")],
  ["--key", args("--key", "/etc/tls/tls.key", "--cert", "/etc/tls/tls.crt")],
  ["--key-file", args("--tls-private-key-file=/etc/tls/tls.key")],
  ["--set of a reference", args("--set", "auth.existingSecret=web-db")],
  ["--pass-credentials", args("--pass-credentials", "--pass-basic-auth=false")],
  ["a digest", args(`--image=registry.example/web@sha256:${hex(64)}`)],
  ["a header without a secret", header("X-Request-Source", "kubelet")],
  ["a header that names a media type", header("Accept", "application/vnd.api+json")],
  ["a header with a version", header("X-Api-Version", "2024-01-01")],
  ["a label with a digest", label("acme.example/checksum", hex(40))],
  [
    "secretName",
    merge("Deployment", {
      spec: { template: { spec: { volumes: [{ name: "tls", secret: { secretName: "web-tls" } }] } } },
    }),
  ],
  [
    "secretKeyRef",
    merge("Deployment", {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: "web",
                env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }],
              },
            ],
          },
        },
      },
    }),
  ],
  [
    "imagePullSecrets",
    merge("Deployment", {
      spec: {
        template: { spec: { imagePullSecrets: [{ name: "registry-login" }], automountServiceAccountToken: false } },
      },
    }),
  ],
  [
    "serviceAccountToken",
    merge("Deployment", {
      spec: {
        template: {
          spec: {
            volumes: [
              {
                name: "t",
                projected: {
                  sources: [{ serviceAccountToken: { path: "token", expirationSeconds: 3600, audience: "vault" } }],
                },
              },
            ],
          },
        },
      },
    }),
  ],
  [
    "ExternalSecret",
    merge("ExternalSecret", {
      spec: {
        data: [{ secretKey: "password", remoteRef: { key: "shop/db", property: "password" } }],
        secretStoreRef: { name: "vault", kind: "ClusterSecretStore" },
        target: { name: "db" },
      },
    }),
  ],
  ["Ingress", merge("Ingress", { spec: { tls: [{ hosts: ["shop.example"], secretName: "shop-tls" }] } })],
  [
    "annotations of nginx",
    merge("Ingress", {
      metadata: {
        annotations: {
          "nginx.ingress.kubernetes.io/auth-secret": "basic-auth",
          "nginx.ingress.kubernetes.io/auth-type": "basic",
          "nginx.ingress.kubernetes.io/auth-url": "https://auth.example/verify",
        },
      },
    }),
  ],
  ["annotation of a checksum", merge("Deployment", { metadata: { annotations: { "checksum/secret": hex(64) } } })],
  [
    "existingSecret",
    merge("Values", {
      auth: {
        existingSecret: "web-db",
        existingSecretPasswordKey: "password",
        secretKeys: { adminPasswordKey: "postgres-password" },
      },
    }),
  ],
  ["an empty password", merge("Values", { auth: { password: "", enabled: true } })],
  [
    "a JSON patch of a reference",
    json({
      op: "add",
      path: "/spec/template/spec/containers/0/env/-",
      value: { name: "TOKEN", valueFrom: { secretKeyRef: { name: "a", key: "token" } } },
    }),
  ],
  ["a JSON patch of a secretName", json({ op: "replace", path: "/spec/tls/0/secretName", value: "shop-tls" })],
  [
    "tolerations",
    merge("Deployment", {
      spec: { template: { spec: { tolerations: [{ key: "dedicated", operator: "Equal", value: "batch" }] } } },
    }),
  ],
  [
    "Terraform, a reference",
    merge("Terraform", {
      resource: {
        aws_db_instance: {
          main: {
            password: "${data.aws_secretsmanager_secret_version.db.secret_string}",
            manage_master_user_password: true,
          },
        },
      },
    }),
  ],
  ["cert-manager", merge("Issuer", { spec: { acme: { privateKeySecretRef: { name: "acme-account-key" } } } })],
  [
    "YAML of references",
    file(
      "app.yaml",
      "db:\n  password_file: /run/secrets/db\n  password: ${DB_PASSWORD}\n  secretName: web-tls\n  token: ''\n",
    ),
  ],
  ["YAML of an empty password", file("app.yaml", "password:\nport: 8080\ntoken: null\n")],
  [
    "JSON of a schema",
    file(
      "schema.json",
      JSON.stringify(
        {
          type: "object",
          properties: { password: { type: "string", minLength: 12 }, token: { type: "string" } },
          required: ["password", "token"],
        },
        null,
        2,
      ),
    ),
  ],
  [
    "nginx",
    file(
      "nginx.conf",
      'server {\n  ssl_certificate_key /etc/tls/tls.key;\n  proxy_pass http://backend;\n  fastcgi_pass unix:/run/php.sock;\n  auth_basic "Restricted";\n  auth_basic_user_file /etc/nginx/.htpasswd;\n  proxy_set_header Authorization $http_authorization;\n  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n}\n',
    ),
  ],
  [
    "Prometheus",
    file(
      "prometheus.yml",
      "scrape_configs:\n  - job_name: a\n    authorization:\n      credentials_file: /run/secrets/token\n    bearer_token_file: /var/run/secrets/kubernetes.io/serviceaccount/token\n    relabel_configs:\n      - source_labels: [__meta_kubernetes_pod_label_token]\n        target_label: token\n        regex: (.+)\n",
    ),
  ],
  [
    "Markdown",
    file(
      "README.md",
      "# Web\n\nSet the password with `--password`: it is read from the environment.\nThe token is a JWT; tokens expire after 15 minutes.\n\n| key | value |\n|---|---|\n| password | from Vault |\n",
    ),
  ],
  [
    "prose",
    file(
      "motd",
      "Password: must have 12 characters\nThe secret of good soup is time.\nToken ring networks are gone.\n",
    ),
  ],
  [
    "shell",
    file(
      "run.sh",
      '#!/bin/sh\nset -e\nPASSWORD="$(cat /run/secrets/db)"\nexport TOKEN=$1\nread -r -p "password: " password\nmkdir -p /data\n[ -z "$PASSWORD" ] && exit 1\npassword=${PASSWORD:-}\n',
    ),
  ],
  [
    "Python",
    file(
      "settings.py",
      "import os\nSECRET_KEY = os.environ['SECRET_KEY']\nPASSWORD_HASHERS = ['django.contrib.auth.hashers.Argon2PasswordHasher']\nTOKEN = get_token()\npassword = None\nAUTH_PASSWORD_VALIDATORS = []\n",
    ),
  ],
  [
    "JavaScript",
    file(
      "config.js",
      "module.exports = {\n  apiKey: process.env.API_KEY,\n  token: config.get('token'),\n  password: undefined,\n  tokenHeader: 'X-Token',\n};\n",
    ),
  ],
  ["Lua", file("filter.lua", 'local token = request_handle:headers():get("authorization")\nlocal password = nil\n')],
  [
    "Rego",
    file("policy.rego", 'package a\ndeny[msg] {\n  token := input.token\n  token == ""\n  msg := "token missing"\n}\n'),
  ],
  [
    "logback",
    file(
      "logback.xml",
      '<pattern>%d{HH:mm:ss} %-5level %logger{36} token=%X{token} - %msg%n</pattern>\n<property name="passwordMask" value="*****"/>\n',
    ),
  ],
  [
    "an ini of files",
    file(
      "app.ini",
      "[tls]\nprivate_key = /etc/tls/tls.key\npassword_file = /run/secrets/p\nsecret_name = web-tls\n; password = \n# token: see the handbook\n",
    ),
  ],
  ["a certificate", file("ca.pem", pem("CERTIFICATE"))],
  ["a public key", file("key.pub", `ssh-rsa ${base64(372)} ci@example`)],
  [
    "translations",
    file(
      "en.json",
      JSON.stringify(
        {
          password: "Password",
          "forgot.password": "Forgot your password?",
          token_expired: "The token has expired",
          secret: "Secret",
          apiKey: "API key",
        },
        null,
        2,
      ),
    ),
  ],
  [
    "translations, properties",
    file(
      "messages_de.properties",
      "login.password=Passwort\nlogin.forgot=Passwort vergessen?\ntoken.invalid=Ung\u00fcltiges Token\n",
    ),
  ],
  [
    "SQL",
    file(
      "schema.sql",
      "CREATE TABLE users (id bigint, password_hash text NOT NULL, token uuid);\nALTER USER app WITH PASSWORD :'password';\n",
    ),
  ],
  ["CSV", file("a.csv", "user,password,token\n")],
  [
    "GraphQL",
    file("schema.graphql", "type Mutation {\n  login(user: String!, password: String!): Token\n  token: String!\n}\n"),
  ],
  [
    "protobuf",
    file("a.proto", "message Login {\n  string user = 1;\n  string password = 2;\n  string token = 3;\n}\n"),
  ],
  [
    "OpenAPI",
    file(
      "openapi.yaml",
      "components:\n  securitySchemes:\n    apiKey:\n      type: apiKey\n      in: header\n      name: X-Api-Key\n    oauth:\n      type: oauth2\n      flows:\n        clientCredentials:\n          tokenUrl: https://login.example/token\n  schemas:\n    Login:\n      properties:\n        password: { type: string, format: password }\n",
    ),
  ],
  [
    "Envoy",
    file(
      "envoy.yaml",
      'http_filters:\n  - name: envoy.filters.http.jwt_authn\n    typed_config:\n      "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication\n      providers:\n        a: { issuer: "https://issuer.example", from_headers: [{ name: Authorization, value_prefix: "Bearer " }] }\n',
    ),
  ],
  [
    "package lock",
    file(
      "package-lock.json",
      JSON.stringify(
        {
          packages: {
            "node_modules/a": {
              version: "1.0.0",
              resolved: "https://registry.npmjs.org/a/-/a-1.0.0.tgz",
              integrity: `sha512-${base64(86)}==`,
            },
          },
        },
        null,
        2,
      ),
    ),
  ],
  ["go.sum", file("go.sum", `example.com/a v1.0.0 h1:${base64(43)}=\n`)],
  ["a name of a UUID", env("DEVICE", uuid())],
  ["random names", env("BUCKET", `acme-artifacts-${lower(8)}`)],
  [
    "base64 of text",
    env("BANNER", encoded("Welcome to the shop. Please do not feed the animals, they are on a diet.")),
  ],
  ["a data URL", env("ICON", `data:image/png;base64,${base64(120)}`)],
  ["a font", file("a.css", `@font-face{src:url(data:font/woff2;base64,${base64(200)})}`)],
  [
    "minified script",
    file(
      "a.js",
      `!function(e,t){var n=e.token||t;for(var r=0;r<n.length;r++)e.key=n[r],e.password=null}(window,"${mixed(8)}");`,
    ),
  ],
];
