/** A sound root with a module, and edits that break it, each with what the check has to say. */

export const SOUND: Record<string, string> = {
  "root/main.tf": `
terraform {
  required_version = ">= 1.10"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }

  backend "gcs" {
    bucket = "state"
    prefix = "root"
  }
}

provider "google" {
  project = var.project
  region  = "europe-west1"
}

variable "project" {
  description = "ID of the project."
  type        = string
}

variable "buckets" {
  description = "Buckets by name."
  type = map(object({
    location = string
    age      = optional(number)
    labels   = optional(map(string), {})
  }))
  default = {
    logs = { location = "EU", age = 30 } # "}" in a comment
  }

  validation {
    condition     = alltrue([for name, bucket in var.buckets : bucket.location != ""])
    error_message = "Every bucket needs a location: \${join(", ", keys(var.buckets))}."
  }
}

locals {
  prefix = "\${var.project}-data"
  aged   = { for name, bucket in var.buckets : name => bucket if bucket.age != null }
}

data "google_project" "this" {
  project_id = var.project
}

data "terraform_remote_state" "foundation" {
  backend = "gcs"
  config  = { bucket = "state", prefix = "foundation" }
}

resource "google_storage_bucket" "this" {
  for_each = var.buckets

  name          = "\${local.prefix}-\${each.key}"
  location      = each.value.location
  force_destroy = false
  labels        = each.value.labels

  versioning {
    enabled = true
  }

  dynamic "lifecycle_rule" {
    for_each = contains(keys(local.aged), each.key) ? [local.aged[each.key].age] : []
    content {
      condition { age = lifecycle_rule.value }
      action { type = "Delete" }
    }
  }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [labels["touched"]]
  }
}

resource "google_compute_firewall" "this" {
  count = 1

  name          = "allow"
  network       = module.network.network_id
  source_ranges = ["10.0.0.0/8"]
  priority      = 1000

  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}

module "network" {
  source = "../network"

  name    = "main"
  project = data.google_project.this.project_id
  subnets = { a = { region = "europe-west1", cidr = "10.0.1.0/24" } }
}

output "bucket_urls" {
  description = "URLs by name."
  value       = { for name, bucket in google_storage_bucket.this : name => bucket.url }
}

output "firewall" {
  description = "The rule's ID, and where it came from."
  value       = [google_compute_firewall.this[0].id, data.terraform_remote_state.foundation.outputs.anything, module.network.ids[*].id]
}
`,
  "network/main.tf": `
terraform {
  required_version = ">= 1.10"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50.0"
    }
  }
}

variable "name" {
  description = "Name."
  type        = string
}

variable "project" {
  description = "Project."
  type        = string
}

variable "subnets" {
  description = "Subnets by name."
  type = map(object({
    region = string
    cidr   = string
    flags  = optional(list(string))
  }))
  default = {}
}

resource "google_compute_network" "this" {
  name                    = var.name
  project                 = var.project
  description             = <<-TEXT
    Holds \${length(var.subnets)} subnets { and a brace
  TEXT
  auto_create_subnetworks = false
}

output "network_id" {
  description = "ID."
  value       = google_compute_network.this.id
}

output "ids" {
  description = "IDs."
  value       = [for name, subnet in var.subnets : { id = name, cidr = subnet.cidr }]
}
`,
};

export interface Mutant {
  name: string;
  find: string;
  replace: string;
  message: RegExp;
}

const root = (name: string, find: string, replace: string, message: RegExp): Mutant => ({
  name,
  find,
  replace,
  message,
});

/** Every edit is made in root/main.tf, and its text stands there once. */
export const MUTANTS: Mutant[] = [
  root(
    "unknown resource type",
    'resource "google_compute_firewall"',
    'resource "google_compute_firewal"',
    /google_compute_firewal is not a resource/,
  ),
  root("unknown data source", 'data "google_project"', 'data "google_projekt"', /google_projekt is not a data source/),
  root(
    "unknown provider",
    'resource "google_compute_firewall"',
    'resource "gogle_compute_firewall"',
    /gogle_compute_firewall is not a resource/,
  ),
  root(
    "misspelt argument",
    "force_destroy = false",
    "force_destory = false",
    /has no argument force_destory; did you mean force_destroy\?/,
  ),
  root(
    "misspelt provider argument",
    'region  = "europe-west1"\n',
    'regoin  = "europe-west1"\n',
    /provider google has no argument regoin; did you mean region\?/,
  ),
  root(
    "missing required argument",
    "location      = each.value.location",
    "",
    /google_storage_bucket needs the argument location/,
  ),
  root(
    "argument of the provider's",
    "force_destroy = false",
    'url = "x"',
    /url of google_storage_bucket is set by the provider/,
  ),
  root(
    "list for a string",
    'name          = "allow"',
    'name          = ["allow"]',
    /name of google_compute_firewall: string is wanted/,
  ),
  root(
    "string for a list",
    'source_ranges = ["10.0.0.0/8"]',
    'source_ranges = "10.0.0.0/8"',
    /source_ranges .*set\(string\) is wanted/,
  ),
  root("word for a number", "priority      = 1000", 'priority      = "high"', /a number is wanted, found "high"/),
  root("boolean for a number", "priority      = 1000", "priority      = true", /number is wanted, found the bool true/),
  root("word for a boolean", "force_destroy = false", 'force_destroy = "no"', /true or false is wanted, found "no"/),
  root("number for a boolean", "enabled = true", "enabled = 1", /bool is wanted, found the number 1/),
  root(
    "list for a map",
    "labels        = each.value.labels",
    'labels        = ["a"]',
    /labels of google_storage_bucket: map\(string\) is wanted/,
  ),
  root(
    "map of lists for a map of strings",
    "labels        = each.value.labels",
    'labels        = { a = ["b"] }',
    /a: string is wanted/,
  ),
  root(
    "wrong type through a variable",
    'name          = "allow"',
    "name          = var.buckets",
    /name of google_compute_firewall: string is wanted, found map/,
  ),
  root(
    "wrong type through a local",
    'name          = "allow"',
    "name          = local.aged",
    /name of google_compute_firewall: string is wanted, found map/,
  ),
  root(
    "wrong type through an attribute",
    "priority      = 1000",
    'priority      = google_storage_bucket.this["logs"].versioning',
    /number is wanted, found list/,
  ),
  root(
    "unknown nested block",
    "versioning {",
    "versions {",
    /google_storage_bucket has no block versions; did you mean versioning\?/,
  ),
  root(
    "misspelt argument in a nested block",
    "enabled = true",
    "enable = true",
    /google_storage_bucket\.versioning has no argument enable/,
  ),
  root(
    "missing argument in a nested block",
    'protocol = "tcp"',
    "",
    /google_compute_firewall\.allow needs the argument protocol/,
  ),
  root(
    "block as argument",
    "versioning {\n    enabled = true\n  }",
    "versioning = [{ enabled = true }]",
    /versioning is a block of google_storage_bucket, not an argument/,
  ),
  root(
    "argument as block",
    "labels        = each.value.labels",
    "labels { a = 1 }",
    /labels is an argument of google_storage_bucket, not a block/,
  ),
  root(
    "one block too many",
    "versioning {\n    enabled = true\n  }",
    "versioning {\n    enabled = true\n  }\n  versioning {\n    enabled = true\n  }",
    /takes 1 block versioning, found 2/,
  ),
  root("missing block", 'action { type = "Delete" }', "", /lifecycle_rule needs a block action/),
  root(
    "misspelt argument in a dynamic block",
    "condition { age =",
    "condition { aeg =",
    /condition has no argument aeg; did you mean age\?/,
  ),
  root(
    "unknown dynamic block",
    'dynamic "lifecycle_rule"',
    'dynamic "lifecycle_rules"',
    /has no block lifecycle_rules/,
  ),
  root("wrong iterator", "age = lifecycle_rule.value", "age = rule.value", /rule\.value is not declared/),
  root(
    "unknown lifecycle argument",
    "prevent_destroy = true",
    "prevent_deletion = true",
    /lifecycle has no argument prevent_deletion/,
  ),
  root(
    "ignored change of an unknown argument",
    'ignore_changes  = [labels["touched"]]',
    "ignore_changes  = [label]",
    /ignore_changes of google_storage_bucket: label is not declared/,
  ),
  root("undeclared variable", "project = var.project", "project = var.projekt", /var\.projekt is not declared/),
  root(
    "undeclared variable in a template",
    '"${var.project}-data"',
    '"${var.projekt}-data"',
    /var\.projekt is not declared/,
  ),
  root("undeclared local", "${local.prefix}", "${local.prefx}", /local\.prefx is not declared/),
  root(
    "undeclared resource",
    "google_compute_firewall.this[0].id",
    "google_compute_firewall.that[0].id",
    /google_compute_firewall\.that is not declared/,
  ),
  root(
    "undeclared resource type",
    "google_compute_firewall.this[0].id",
    "google_compute_router.this[0].id",
    /google_compute_router\.this is not declared/,
  ),
  root(
    "undeclared data source",
    "data.google_project.this.project_id",
    "data.google_project.that.project_id",
    /data\.google_project\.that is not declared/,
  ),
  root("undeclared module", "module.network.network_id", "module.vpc.network_id", /module\.vpc is not declared/),
  root(
    "output that the module does not have",
    "module.network.network_id",
    "module.network.vpc_id",
    /module\.network\.vpc_id is not declared/,
  ),
  root(
    "field that the module's output does not have",
    "module.network.ids[*].id",
    "module.network.ids[*].name",
    /module\.network\.ids\[\*\]\.name is not declared/,
  ),
  root("unknown attribute", "bucket.url", "bucket.uri", /bucket\.uri is not declared/),
  root(
    "unknown attribute of a data source",
    "data.google_project.this.project_id",
    "data.google_project.this.project",
    /data\.google_project\.this\.project is not declared/,
  ),
  root(
    "unknown field of a variable's object",
    "bucket.location !=",
    "bucket.place !=",
    /bucket\.place is not declared/,
  ),
  root("unknown field of each.value", "each.value.location", "each.value.loc", /each\.value\.loc is not declared/),
  root("each without for_each", 'name          = "allow"', "name          = each.key", /each\.key is not declared/),
  root(
    "count without index",
    "google_compute_firewall.this[0].id",
    "google_compute_firewall.this.id",
    /is a list, which needs an index/,
  ),
  root(
    "for_each over a list",
    "for_each = var.buckets",
    "for_each = keys(var.buckets)",
    /for_each wants a map or a set/,
  ),
  root(
    "wrong default",
    '{ location = "EU", age = 30 }',
    '{ location = "EU", age = "old" }',
    /default of buckets: logs\.age: a number is wanted/,
  ),
  root(
    "default with an unknown field",
    '{ location = "EU", age = 30 }',
    '{ location = "EU", aeg = 30 }',
    /default of buckets: logs\.aeg is not an attribute/,
  ),
  root(
    "default without a required field",
    '{ location = "EU", age = 30 }',
    "{ age = 30 }",
    /default of buckets: logs\.location is missing/,
  ),
  root("module call without a required variable", '  name    = "main"\n', "", /module network needs the argument name/),
  root(
    "module call with an unknown variable",
    '  name    = "main"\n',
    '  name    = "main"\n  nmae    = "main"\n',
    /module network has no argument nmae; did you mean name\?/,
  ),
  root(
    "module call with a wrong type",
    'subnets = { a = { region = "europe-west1", cidr = "10.0.1.0/24" } }',
    'subnets = ["10.0.1.0/24"]',
    /subnets of module network: map\(object/,
  ),
  root(
    "module call with a wrong inner type",
    'cidr = "10.0.1.0/24" }',
    'cidr = ["10.0.1.0/24"] }',
    /a\.cidr: string is wanted/,
  ),
  root(
    "module call with an unknown inner name",
    'cidr = "10.0.1.0/24" }',
    'cidr = "10.0.1.0/24", cdir = "" }',
    /a\.cdir is not an attribute/,
  ),
  root("module call without an inner name", ', cidr = "10.0.1.0/24" }', " }", /a\.cidr is missing/),
  root("module that is not there", 'source = "../network"', 'source = "../netwrok"', /there is no module at/),
  root(
    "variable that nothing uses",
    'variable "buckets"',
    'variable "spare" {\n  description = "x"\n  type = string\n}\n\nvariable "buckets"',
    /variable spare is never used/,
  ),
  root("local that nothing uses", "aged   =", "spare = 1\n  aged   =", /local spare is never used/),
  root(
    "variable without a type",
    '  type        = string\n}\n\nvariable "buckets"',
    '}\n\nvariable "buckets"',
    /variable project has no type/,
  ),
  root(
    "output without a description",
    '  description = "URLs by name."\n',
    "",
    /output bucket_urls has no description/,
  ),
  root(
    "declared twice",
    'data "google_project" "this"',
    'data "google_project" "this" {\n  project_id = "a"\n}\n\ndata "google_project" "this"',
    /data google_project\.this is declared twice/,
  ),
  root(
    "provider that is not required",
    '    google = {\n      source  = "hashicorp/google"\n      version = "~> 6.50"\n    }',
    "",
    /provider google is not in required_providers/,
  ),
  root(
    "provider that is not pinned",
    'version = "~> 6.50"',
    'version = ">= 6.50"',
    /provider google is not pinned with ~>/,
  ),
  root(
    "pin that excludes the checked release",
    'version = "~> 6.50"',
    'version = "~> 7.0"',
    /the pin does not admit 6\.50\.0/,
  ),
  root("no required version", '  required_version = ">= 1.10"\n', "", /required_version \} is missing/),
  root("unknown kind of block", 'module "network"', 'modul "network"', /modul is not a block/),
  root("broken syntax", "force_destroy = false", "force_destroy = ", /./),
];
