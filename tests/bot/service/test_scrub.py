"""What is taken out of a question before it is stored, and what stays because it is what the question asks about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service.scrub import scrub


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ask hanako.s+work@mail.example.co.jp", "ask [mail]"),
        ("連絡先はtaro@example.comです", "連絡先は[mail]です"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ へ", "[mail] へ"),
        ("ta\u200bro@exam\u00adple.com", "[mail]"),
        ("宛先 山田@例え.jp", "宛先 [mail]"),
        ("in 9f3b2c10-1d2e-4f56-8a9b-0123456789ab now", "in [id] now"),
        ("/subscriptions/x1/resourceGroups/rg-pay/providers/P/y は？", "[id] は？"),
        ("from 20.50.4.7 and 2603:1030:40c::9", "from [ip] and [ip]"),
        ("is 52.160.0.0/14 free", "is [ip]/14 free"),
        ("fe80::a8bb:ccff:fedd:eeff is seen", "[ip] is seen"),
        ("PASSWORD=hunter2!", "PASSWORD=[secret]"),
        ('{"client_secret": "q~8Q"}', '{"client_secret": "[secret]"}'),
        ("パスワードは abc123def です", "パスワードは [secret] です"),
        ("ノード20.50.4.7から20.50.4.8/30へ", "ノード[ip]から[ip]/30へ"),
        ("電話は03-1234-5678です", "電話は[phone]です"),
        ("FAX 03\u20101234\u22125678、080ー1234ー5678、(045)123\u20134567", "FAX [phone]、[phone]、[phone]"),
        ("03（1234）5678 or 0044.20.7946.0958 or 070.1234.5678", "[phone] or [phone] or [phone]"),
        ('hana [at] example.com, hana@build7, "hana s"@example.com', "[mail], [mail], [mail]"),
        (
            "az aks show \u2013g rg1 \u2014name p1 --vnet-name\tv1 -s s1",
            "az aks show –g [name] —name [name] --vnet-name\t[name] -s [name]",
        ),
        ("--name 'my prod' -u me -p 'pass word'", "--name '[name]' -u [name] -p '[name]'"),
        ("AccountName=store1;AccountKey=Zm8=;", "AccountName=[name];AccountKey=[secret];"),
        ("User Id=sa;Password=p w d;Encrypt=true", "User Id=[name];Password=[secret];Encrypt=true"),
        ("password='two words' ok", "password='[secret]' ok"),
        ("パスワード「abc」とapi key: x9 と pass: y8", "パスワード「[secret]」とapi key: [secret] と pass: [secret]"),
        ("Authorization: Basic dTpw", "Authorization: Basic [secret]"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@laptop", "ssh-ed25519 [secret] [mail]"),
        ("user: clusterUser_rg-pay_prod1", "user: [name]"),
        ("C:\\Users\\hanako\\.kube と /home/hanako/.kube", "C:[id] と [id]"),
        ("9f3b2c10\u20101d2e\u20104f56\u20108a9b\u20100123456789ab", "[id]"),
        ("fe80::a8bb:ccff:fedd:eeff%en-0.1 is seen", "[ip] is seen"),
        ("nic 0a1b.2c3d.4e5f, card 3782 822463 10005", "nic [mac], card [number]"),
        ("Authorization: Bearer abcdef", "Authorization: Bearer [secret]"),
        ("ghp_0123456789abcdefABCDEF0123456789abcd", "[secret]"),
        ("key hJ8sK2mQ9xZ4vB7nC1tR5wY3", "key [secret]"),
        ("see https://u:p@wiki.example.com/a?sig=1#x", "see [url]"),
        ("at prod1-dns-1a2b.hcp.japaneast.azmk8s.io:443", "at [host]:443"),
        ("az aks show -g rg-pay --name prod1 -o json", "az aks show -g [name] --name [name] -o json"),
        ("call +81 90-1234-5678 or 03-1234-5678", "call [phone] or [phone]"),
        ("card 4242 4242 4242 4242", "card [number]"),
        ("node aks-pool-37463671-vmss000002", "node aks-pool-[number]-vmss000002"),
        ("ask @hanako or <@U0123ABCD>", "ask [name] or [name]"),
        ("nic 0a:1b:2c:3d:4e:5f", "nic [mac]"),
        ("bob at example dot com, 20[.]43[.]161[.]7", "[mail], [ip]"),
        ("電話：0120-444-444", "電話：[phone]"),  # a single colon begins no IPv6 address
        ("tenant=9f3b2c10-1d2e-4f56-8a9b-0123456789ab", "tenant=[id]"),
        ("AKS_NAME='prod-1' RESOURCE_GROUP=rg-pay", "AKS_NAME='[name]' RESOURCE_GROUP=[name]"),
        (
            "current-context: p1, kubectl config use-context p1",
            "current-context: [name] kubectl config use-context [name]",
        ),
        ("kubectl get pods --namespace payroll", "kubectl get pods --namespace [name]"),
        ("Initial Catalog=paydb;Encrypt=true", "Initial Catalog=[name];Encrypt=true"),
        ("db01.pay.example.com に", "[host] に"),
        ("from \\\\files01\\share\\hanako", "from [id]"),
        ("〒100-0001 東京都港区芝公園４丁目２−８の者", "[address] [address]の者"),
        ("社員番号 1234567", "社員番号 [number]"),
    ],
)
def test_what_names_somebody_or_opens_a_door_goes(written: str, kept: str):
    assert scrub(written) == kept


# Behind a hyphen or a slash, digits are part of a name or a path sooner than a phone's, and so on.
JOINED = [
    ("20.53.203.50", "[ip]", "=/-"),
    ("2603:1030:800::1", "[ip]", "=/-"),
    ("sb://contoso.servicebus.windows.net/x", "[url]", "=/"),
    ("db.contoso.database.windows.net", "[host]", "=/"),
    ("00:0D:3A:1B:2C:3D", "[mac]", "=/"),
    ("090-1234-5678", "[phone]", "="),
    ("4111-1111-1111-1111", "[number]", "="),
]


@pytest.mark.parametrize("before", ["server", "endpoint_of_it", "a=b=gateway", "from-here"])
@pytest.mark.parametrize(("private", "kept", "joint"), [(*pair, joint) for *pair, joints in JOINED for joint in joints])
def test_a_value_goes_whatever_it_is_joined_to(before: str, private: str, kept: str, joint: str):
    assert scrub(f"see {before}{joint}{private} there") == f"see {before}{joint}{kept} there"


def test_a_word_keeps_its_own_number_beside_a_value():
    assert scrub("id/12345678901-20.53.203.50") == "id/[number]-[ip]"


@pytest.mark.parametrize(
    "text",
    [
        "is 10.224.0.0/16 or 192.168.1.4 or 100.64.0.0/10 allowed?",
        "203.0.113.9 and 2001:db8::7/64 are from a document, ::1 and fd00::/8 from nowhere",
        "169.254.169.254 and 168.63.129.16 and 0.0.0.0/0",
        "ALB Controller 1.7.9 (1.10.0-rc1) at 12:30:45 on 2026-11-26, /24, port 8080",
        "the token is expired and a password is required",
        "gateway.networking.k8s.io/v1beta1 Microsoft.Network/applicationLoadBalancers std::format",
        "azure-cni-overlay-upgrade-from-kubenet-2024 AzureCNIOverlayWithAPodSubnet",
        "az aks update --network-plugin-mode overlay --pod-cidr 10.244.0.0/16 with pass-through",
        "10.0.0.0-10.0.255.255は10.1.0.0/16と重なる？ 251−5＝246、1.30.2",
        "オーバーレイ（/24）へ移行できますか？",
        "v1beta1.metrics.k8s.io と learn.microsoft.com、10[.]0[.]0[.]0",
        "LinkedAuthorizationFailed: The client has no permission",
        "東京都と大阪府のリージョンで 3 ノード、可用性ゾーン 1-3",
        "meet at noon, dot the i at home",
        "",
    ],
)
def test_what_the_question_asks_about_stays(text: str):
    assert scrub(text) == text


NUMBER = st.integers(1, 254)
HEX = st.integers(16**11, 16**12 - 1).map("{:x}".format)
PRIVATE = st.one_of(
    st.sampled_from(["taro@example.com", "h.s+w@mail.example.co.jp", "a-b_c@x.io"]),
    st.uuids().map(str),
    NUMBER.map(lambda end: f"52.{end}.7.{end}"),
    HEX.map(lambda end: f"2603:1030:{end[:4]}::{end[4:8]}"),
    HEX.map(lambda end: f"https://x.example.com/?sig={end}"),
    HEX.map(lambda end: f"ghp_{end}{end}"),
    NUMBER.map(lambda end: f"+81-90-{end:04}-5678"),
)
AROUND = st.text(st.sampled_from("は、。（）aZ9 /-.@:=[]_\n　ｱ２"), max_size=30)


@given(AROUND, PRIVATE, AROUND)
def test_what_stands_around_it_hides_nothing(before: str, private: str, after: str):
    assert private not in scrub(f"{before} {private} {after}")
    assert private not in scrub(f"{before}は{private}と{after}")


@given(st.lists(st.one_of(AROUND, PRIVATE), max_size=6).map(" ".join))
def test_what_was_scrubbed_once_stays_as_it_is(text: str):
    assert scrub(scrub(text)) == scrub(text)


@given(st.text(max_size=200))
def test_any_text_can_be_scrubbed_and_gets_no_line_more(text: str):
    assert scrub(text).count("\n") <= text.count("\n")


@pytest.mark.parametrize(
    "piece",
    ["a@", "a.", "1.", ":", "0a:", "password ", "a-", "-n ", "http://", "+1 ", "(0 ", "あ@", "<@", "-----BEGIN A", "0-",
     "/subscriptions", "secret-", "パスワードは", "x.azmk8s.", "a", "0",
     "--a-", "-a", '"a', "(0", "00", "a[at]", "pass='", "uid=", "/home/", "0ー", "8_",
     "a=", "a/", "a=b-", "=-", "~", "+a", "a at ", "a at b dot ", "a_", "市区", "東京都", "a1.b", "0[.]", "\\\\a"],
)  # fmt: skip
def test_a_text_that_almost_matches_everywhere_costs_as_much_as_its_length(piece: str):
    scrub(piece * (100_000 // len(piece)))  # a cost that grew with the square of it would not end in a day
