"""Azure's regions by name: two of them are known to be two.

Sources, read in November 2026: Microsoft Learn, "Azure regions list"
(https://learn.microsoft.com/azure/reliability/regions-list), and for Azure Government and China "AzureLocation Struct"
(https://learn.microsoft.com/dotnet/api/azure.core.azurelocation). A newer region is not known to differ from others.
"""

_NAMES = """
australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth
brazilsoutheast canadacentral canadaeast centralindia centralus centraluseuap chilecentral denmarkeast eastasia
eastus eastus2 eastus2euap francecentral francesouth germanynorth germanywestcentral indonesiacentral israelcentral
italynorth japaneast japanwest jioindiacentral jioindiawest koreacentral koreasouth malaysiawest mexicocentral
newzealandnorth northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth
southafricawest southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth
switzerlandwest uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3
chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3
usdodcentral usdodeast usgovarizona usgoviowa usgovtexas usgovvirginia
"""
REGIONS = frozenset(_NAMES.split())


def differ(region: str, other: str) -> bool | None:
    """Whether two names are two regions. None: one of them is none that is known, and may be another word."""
    if region == other:  # a word that is no region, such as `global`, may stand for any
        return False if region in REGIONS else None
    return True if region in REGIONS and other in REGIONS else None
