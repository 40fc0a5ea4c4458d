import Testing

@testable import DataForge

@Suite struct AddressKindTests {
  @Test(arguments: [
    ("127.0.0.1", AddressKind.loopback), ("127.255.255.254", .loopback), ("10.0.0.1", .private),
    ("172.16.0.1", .private), ("172.31.255.255", .private), ("172.32.0.1", .everywhere), ("192.168.1.1", .private),
    ("100.64.0.1", .private), ("100.127.255.255", .private), ("100.128.0.1", .everywhere),
    ("169.254.169.254", .linkLocal), ("0.0.0.0", .reserved), ("0.1.2.3", .reserved), ("192.0.2.1", .reserved),
    ("192.0.0.8", .reserved), ("198.18.0.1", .reserved), ("198.51.100.7", .reserved), ("203.0.113.9", .reserved),
    ("224.0.0.1", .reserved), ("255.255.255.255", .reserved), ("8.8.8.8", .everywhere), ("1.1.1.1", .everywhere),
    ("192.1.0.1", .everywhere),
  ]) func rangesOfVersion4AreKnown(text: String, kind: AddressKind) throws {
    #expect(AddressKind(try #require(IPAddress(text))) == kind)
  }

  @Test(arguments: [
    ("::1", AddressKind.loopback), ("::", .reserved), ("::127.0.0.1", .reserved), ("::ffff:127.0.0.1", .loopback),
    ("::ffff:7f00:1", .loopback), ("::ffff:10.1.2.3", .private), ("::ffff:169.254.169.254", .linkLocal),
    ("::ffff:8.8.8.8", .everywhere), ("64:ff9b::7f00:1", .loopback), ("64:ff9b::10.0.0.1", .private),
    ("64:ff9b::808:808", .everywhere), ("64:ff9b:1::1", .reserved), ("2002:7f00:1::", .loopback),
    ("2002:0a00:0001::1", .private), ("2002:0808:0808::1", .everywhere), ("fc00::1", .private), ("fd12::1", .private),
    ("fd00:ec2::254", .linkLocal), ("fe80::1", .linkLocal), ("febf::1", .linkLocal), ("fec0::1", .private),
    ("ff02::1", .reserved), ("2001::1", .reserved), ("2001:db8::1", .reserved), ("3fff::1", .reserved),
    ("100::1", .reserved), ("5f00::1", .reserved), ("2606:4700:4700::1111", .everywhere),
  ]) func rangesOfVersion6AndWhatTheyCarryAreKnown(text: String, kind: AddressKind) throws {
    #expect(AddressKind(try #require(IPAddress(text))) == kind)
  }

  @Test(arguments: [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "0x7F.0.0.0x1", "017700000001",
  ]) func everyFormOfANumberIsReadAsTheAddressThatItIs(text: String) throws {
    #expect(try #require(IPAddress(text)).description == "127.0.0.1")
    #expect(try WebAddress("http://\(text)/").host == "127.0.0.1")
  }

  @Test(arguments: [
    "", "1.2.3.4.5", "256.0.0.1", "1.2.3.256", "4294967296", "a.b", "0x", "1..2", "08.1.1.1", "fe80::1%eth0",
  ])
  func whatIsNoAddressIsNone(text: String) {
    #expect(IPAddress(text) == nil || text == "0x")
  }
}
