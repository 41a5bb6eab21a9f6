variable "name" {
  description = "Name of the GKE cluster that is already there."
  type        = string
}

variable "project" {
  description = "ID of its project."
  type        = string
}

variable "location" {
  description = "Its region or zone."
  type        = string
}
