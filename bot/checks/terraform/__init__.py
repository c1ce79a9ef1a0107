"""A Terraform plan in, resources in the words of az out."""
