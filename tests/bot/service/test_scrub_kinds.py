"""Laws of scrubbing: of values that are joined, of secrets, numbers, variables, addresses, hosts and folders."""

import pytest

from bot.service.scrub import scrub

VALUES = {
    "kenji@example.org": "[mail]",
    "40.74.12.9": "[ip]",
    "2a01:111:f403::5": "[ip]",
    "60:45:bd:11:22:33": "[mac]",
    "06-6123-4567": "[phone]",
    "+81-80-2345-6789": "[phone]",
    "5555-4444-3333-2222": "[number]",
    "c0ffee00-1234-4abc-9def-001122334455": "[id]",
    "shop.privatelink.database.windows.net": "[host]",
}
NO_PART_OF_A_NAME = [value for value in VALUES if "@" not in value and "windows" not in value]


@pytest.mark.parametrize("joint", "/|=&,;_-")
@pytest.mark.parametrize("second", VALUES)
@pytest.mark.parametrize("first", VALUES)
def test_a_value_joined_to_another_goes_as_if_it_stood_alone(first: str, joint: str, second: str):
    kept = scrub(f"see {first}{joint}{second} there")
    # "-" and "_" may be of a host and of the name before "@", which then goes with what is joined to it.
    parts = [part for part in (first, second, first.partition("@")[0], second.partition("@")[0]) if len(part) > 1]
    assert [part for part in parts if part in kept] == []
    if joint in "/|=&,;":
        assert kept == f"see {VALUES[first]}{joint}{VALUES[second]} there"


@pytest.mark.parametrize("value", NO_PART_OF_A_NAME)
@pytest.mark.parametrize(
    ("before", "after"), [("TEL", ""), ("node", ""), ("x_", ""), ("名", "です"), ("", "x"), ("", "_1")]
)
def test_a_value_joined_to_letters_goes_and_they_stay(value: str, before: str, after: str):
    assert scrub(f"{before}{value}{after}") == f"{before}{VALUES[value]}{after}"


SECRETS = ["DB_PASSWORD", "adminPassword", "client_secret", "token", "pw", "パスワード"]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("{}:\n  tr0mbone", "{}:\n  [secret]"),
        ("{}: |\n  tr0mbone", "{}: |\n  [secret]"),
        ("- name: {}\n  value: tr0mbone", "- name: {}\n  value: [secret]"),
        ('{{"name": "{}", "value": "tr0mbone"}}', '{{"name": "{}", "value": "[secret]"}}'),
        ('"{}": {{ "value": "tr0mbone" }}', '"{}": {{ "value": "[secret]" }}'),
        ("{}: {{\n  value: 'tr0mbone'\n}}", "{}: {{\n  value: '[secret]'\n}}"),
        ("param {} string = 'tr0mbone'", "param {} string = '[secret]'"),
        (":{} => 'tr0mbone'", ":{} => '[secret]'"),
        ("{}::tr0mbone", "{}::[secret]"),
        ("{}→tr0mbone", "{}→[secret]"),
        ("{}が tr0mbone です", "{}が [secret] です"),
        ("{}を「tr0mbone」に", "{}を「[secret]」に"),
        ("{} was tr0mbone", "{} was [secret]"),
        ("{}\ttr0mbone", "{}\t[secret]"),
        ("{}=tr0m,bone&77'x", "{}=[secret]"),
        ('{}: "tr0m\\"bone"', '{}: "[secret]"'),
        ("{}=tr0m,user=x1", "{}=[secret],user=[name]"),
        ("{}=[tr0m]", "{}=[secret]"),
    ],
)
def test_the_whole_value_of_a_secret_goes_wherever_it_stands(secret: str, written: str, kept: str):
    assert scrub(written.format(secret)) == kept.format(secret)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("cookie: sid=a1; csrf=b2", "cookie: [secret]"),
        ('Authorization: Digest username="taro", response="ab1"', "Authorization: Digest [secret]"),
        ("--password 4321 --client-secret \\\n  'a b'", "--password [secret] --client-secret \\\n  '[secret]'"),
        ("curl -uops:tr0mbone", "curl -u[secret]"),
        ("x-functions-key: ab==", "x-functions-key: [secret]"),
        ("admin / tr0mbone", "admin / [secret]"),
        ("口座番号7654321", "口座番号[number]"),
        ("社員番号は987、暗証番号9876", "社員番号は[number]、暗証番号[number]"),
        ("employee ID: E77 and account number 0098", "employee ID: [number] and account number [number]"),
        ("CLUSTER=shop RG='rg 1'\nSUBNET=$SUBNET", "CLUSTER=[name] RG='[name]'\nSUBNET=$SUBNET"),
        ("export APOLLO=one-2", "export APOLLO=[name]"),
        ("-n \\\n  shop-prod", "-n \\\n  [name]"),
        (
            "--username hana --user-id h9 -ResourceGroupName g1",
            "--username [name] --user-id [name] -ResourceGroupName [name]",
        ),
        ('User "hana" cannot list resource "pods"', 'User "[name]" cannot list resource "pods"'),
        ("ユーザー名：hana9 ", "ユーザー名：[name] "),
        ("User: hana\nユーザー：hana、login: h.s", "User: [name]\nユーザー：[name]、login: [name]"),
        ("ログインID：hana、UPN: hana.s\nlogin name: hana", "ログインID：[name]、UPN: [name]\nlogin name: [name]"),
        ("User 'hana' と ユーザー「花」", "User '[name]' と ユーザー「[name]」"),
        ('"user": "hana", アカウント名：hana', '"user": "[name]", アカウント名：[name]'),
        (
            '{"name":"DB_PASSWORD","slot":false,"value":"tr0m"}',
            '{"name":"DB_PASSWORD","slot":false,"value":"[secret]"}',
        ),
        ("API キーは tr0mbone1、アクセスキー：tr0m", "API キーは [secret]、アクセスキー：[secret]"),
        ("社員ID：E-77、契約番号 98、お客様番号は1", "社員ID：[number]、契約番号 [number]、お客様番号は[number]"),
        ("--attach-acr shop --database pay", "--attach-acr [name] --database [name]"),
        ("横浜市西区みなとみらい2-3-6へ", "[address]へ"),
        ("札幌市北区北8条西5丁目と福岡市博多区博多駅前 2-1-1", "[address]と[address]"),
        ("160-0022 新宿区西新宿２－８－１", "[address] [address]"),
        ("千代田区丸の内1-1-1、〒 160 0022", "[address]、[address]"),
        ("shop.postgres.database.azure.com, shop.azurefd.net", "[host], [host]"),
        ("a-b.z01.azurecontainerapps.io/x d1.cloudfront.net", "[host]/x [host]"),
        ("hooks.slack.com/services/T0/B0/x1", "[url]"),
        ("/mnt/c/Users/hana/.kube と backup/home/hana/x", "/mnt/c[id] と backup[id]"),
        ("C:\\Users\\Hana Sato\\x", "C:[id]"),
        ("providers/Microsoft.Network/virtualNetworks/v-1/subnets/s", "providers/[id]"),
        ("MAC60-45-bd-11-22-33, IP 40.74.012.9", "MAC[mac], IP [ip]"),
    ],
)
def test_what_a_word_or_a_form_before_it_makes_private_goes(written: str, kept: str):
    assert scrub(written) == kept


@pytest.mark.parametrize(
    "text",
    [
        "kubectl get pods -n kube-system, az extension add --name alb",
        'az aks show -g "$RESOURCE_GROUP" -n $CLUSTER --query id -o tsv',
        "export SUBSCRIPTION=... RESOURCE_GROUP=... CLUSTER=<name>",
        "POD_CIDR=10.244.0.0/16 REPLICAS=3 KUBERNETES_VERSION=1.30.2",
        "KB_KEEP_QUESTIONS=on\nLOCATION=japaneast",
        "ID=$(az aks show --query id)",
        "--name は必須で、-n を付けないと？ the -n option, head -n 20",
        "secret: true, password: null, token: <token>, design: one, assigned: 3",
        "パスワードは必要ですか、シークレットは Key Vault に、トークンの AGC003",
        "AGC=Application Gateway for Containers ですか",
        "Microsoft.Network/virtualNetworks/subnets/join/action",
        "management.azure.com と vault.azure.net と japaneast.azmk8s.io",
        "千葉県浦安市のデータセンター1-2台、都市部の拠点 2-3 か所、可用性ゾーン1-3",
        "v1.2.3.4, 2026-01-12-0345, vmss000002, fe80::1, 8.8.8.8, HTTP 502-504",
        "10.0.0.0/16-10.1.0.0/16, 192.168.0.1_192.168.0.2",
        "curl -u で、/api/v1/namespaces と PIN の数は 128",
        "User cannot list resource",
        "User: can I upgrade, user: what about it, username: where is it kept",
        "ユーザー名は必要ですか、保存されますか、ユーザー: Windows ノードは？",
        "API キーはどこに置きますか",
        "--assign-identity --enable-oidc-issuer",
    ],
)
def test_versions_prefixes_placeholders_and_names_of_everybody_stay(text: str):
    assert scrub(text) == text
