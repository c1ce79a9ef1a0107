"""Examples of what the doors to the network are sent, for who reads how to call them."""

CHECKED = {
    "aks": {"name": "aks-example", "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}},
    "subnet": {"addressPrefix": "10.60.4.0/24"},
    "albController": {"version": "1.6.7"},
}
PLANNED_FOR = {
    "name": "aks-example",
    "resourceGroup": "rg-example",
    "kubernetesVersion": "1.31",
    "networkProfile": {"networkPlugin": "kubenet", "networkPolicy": "none"},
}
