# CI runners on VMs of one job each: a machine asks GitHub for a one-job configuration, runs the job and deletes itself. Load
# adds machines, and autoscale makes up for those that are missing from the minimum.

locals {
  # ARM sizes have a "p" among the features after the number of cores: Standard_D4ps_v5.
  arm = can(regex("^Standard_[A-Z]+[0-9]+[a-z]*p[a-z]*(_|$)", var.machine_type))

  url   = regex("^https://(?P<host>[^/]+)/(?P<path>.+)$", var.repository_url)
  api   = local.url.host == "github.com" ? "https://api.github.com" : "https://${local.url.host}/api/v3"
  scope = "${strcontains(local.url.path, "/") ? "repos" : "orgs"}/${local.url.path}"

  # The 32 bytes of an Ed25519 public key are a hash here: nobody can know a private key for it. AAAA...IE is the header of
  # RFC 8709, section 4, up to the four bits with which the key starts.
  nobodys_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE${substr(base64sha256("no private key: ${var.name}"), 0, 42)}"
}

resource "azurerm_linux_virtual_machine_scale_set" "this" {
  name                   = var.name
  resource_group_name    = var.resource_group_name
  location               = var.region
  zones                  = length(var.zones) > 0 ? var.zones : null
  sku                    = var.machine_type
  instances              = var.min
  upgrade_mode           = "Manual" # a changed model reaches the next machine; a running job is left alone
  overprovision          = false    # machines beyond the count would take jobs and be deleted at work
  single_placement_group = false

  priority        = var.spot ? "Spot" : "Regular"
  eviction_policy = var.spot ? "Delete" : null
  max_bid_price   = var.spot ? -1 : null # at most the on-demand price

  admin_username                  = "nobody-logs-in"
  disable_password_authentication = true
  extension_operations_enabled    = false
  encryption_at_host_enabled      = true
  vtpm_enabled                    = !local.arm # trusted launch is not there for every ARM size
  secure_boot_enabled             = !local.arm

  custom_data = base64encode(templatefile("${path.module}/run-one-job.sh.tftpl", {
    api      = local.api
    scope    = local.scope
    labels   = jsonencode(var.runner_labels)
    vault    = split("/", var.key_vault_id)[8]
    secret   = var.token_secret
    identity = azurerm_user_assigned_identity.this.client_id
  }))

  admin_ssh_key {
    username   = "nobody-logs-in"
    public_key = coalesce(var.ssh_public_key, local.nobodys_key)
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.this.id]
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = local.arm ? "server-arm64" : "server"
    version   = "latest"
  }

  os_disk {
    caching                = "ReadWrite"
    storage_account_type   = "StandardSSD_LRS"
    disk_size_gb           = var.disk_gb
    disk_encryption_set_id = var.disk_encryption_set_id
  }

  network_interface {
    name    = "private"
    primary = true

    ip_configuration {
      name      = "private"
      primary   = true
      subnet_id = var.subnet_id
    }
  }

  boot_diagnostics {} # the console, since nobody logs in

  tags = var.tags

  depends_on = [azurerm_role_assignment.token]

  lifecycle {
    ignore_changes = [instances] # load and finished jobs move it
  }
}

# No rule scales in: it would end running jobs. Machines leave by themselves, and below the minimum this setting adds new ones.
resource "azurerm_monitor_autoscale_setting" "this" {
  name                = var.name
  resource_group_name = var.resource_group_name
  location            = var.region
  target_resource_id  = azurerm_linux_virtual_machine_scale_set.this.id

  profile {
    name = "load"

    capacity {
      minimum = var.min
      default = var.min
      maximum = var.max
    }

    rule {
      metric_trigger {
        metric_name        = "Percentage CPU"
        metric_resource_id = azurerm_linux_virtual_machine_scale_set.this.id
        operator           = "GreaterThan"
        threshold          = 40 # idle runners are at 0: more than that, and most of the pool is at work
        statistic          = "Average"
        time_aggregation   = "Average"
        time_grain         = "PT1M"
        time_window        = "PT5M"
      }

      scale_action {
        direction = "Increase"
        type      = "ChangeCount"
        value     = 1
        cooldown  = "PT3M"
      }
    }
  }

  tags = var.tags
}

# --- What a machine may do -----------------------------------------------------------------------------------------

resource "azurerm_user_assigned_identity" "this" {
  name                = var.name
  resource_group_name = var.resource_group_name
  location            = var.region

  tags = var.tags
}

resource "azurerm_role_assignment" "token" {
  principal_id         = azurerm_user_assigned_identity.this.principal_id
  principal_type       = "ServicePrincipal"
  role_definition_name = "Key Vault Secrets User"
  scope                = "${var.key_vault_id}/secrets/${var.token_secret}"
}

resource "azurerm_role_definition" "leave" {
  name        = "${var.name}-leave"
  description = "Delete machines of a scale set"
  scope       = split("/providers/", azurerm_linux_virtual_machine_scale_set.this.id)[0] # the resource group: roles cannot be narrower, assignments can

  permissions {
    actions = ["Microsoft.Compute/virtualMachineScaleSets/virtualMachines/delete"]
  }
}

resource "azurerm_role_assignment" "leave" {
  principal_id       = azurerm_user_assigned_identity.this.principal_id
  principal_type     = "ServicePrincipal"
  role_definition_id = azurerm_role_definition.leave.role_definition_resource_id
  scope              = azurerm_linux_virtual_machine_scale_set.this.id
}
