package dev.adit.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @Property
    void an_address_is_in_a_network_whose_leading_bits_it_has(
            @ForAll @Size(4) byte[] network,
            @ForAll @Size(4) byte[] address,
            @ForAll @IntRange(max = 32) int bits,
            @ForAll boolean isNear)
            throws UnknownHostException {
        var given = isNear ? near(network, address, bits) : address;
        var text = InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
        var shift = 32 - bits;
        var expected = new BigInteger(1, network).shiftRight(shift).equals(new BigInteger(1, given).shiftRight(shift));
        assertThat(Network.of(text).orElseThrow().contains(given)).isEqualTo(expected);
        assertThat(Network.of(text).orElseThrow().contains(new byte[16])).isFalse();
    }

    private static byte[] near(byte[] network, byte[] address, int bits) {
        var near = network.clone();
        for (var i = bits; i < 32; i++) {
            near[i / 8] = (byte) (near[i / 8] ^ (address[i / 8] & 0x80 >> i % 8));
        }
        return near;
    }

    @Test
    void an_ipv6_address_that_stands_for_an_ipv4_address_is_that() throws UnknownHostException {
        var mapped = new byte[16];
        mapped[10] = mapped[11] = -1;
        System.arraycopy(new byte[] {10, 1, 2, 3}, 0, mapped, 12, 4);
        assertThat(Network.unmapped(mapped)).containsExactly(10, 1, 2, 3);
        mapped[0] = 1;
        assertThat(Network.unmapped(mapped)).isSameAs(mapped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0/8",
                "10",
                "::/129",
                "fe80::1%eth0",
                "a.test",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "0x0a000001",
                "10.0.0.0/8/8",
                " 10.0.0.1"
            })
    void what_is_no_network_is_none(String text) {
        assertThat(Network.of(text)).isEmpty();
    }
}
