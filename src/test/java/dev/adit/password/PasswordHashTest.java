package dev.adit.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes were made by htpasswd and openssl passwd. */
class PasswordHashTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/",
                "$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1",
                "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
                "{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0",
                "{PLAIN}secret",
                "$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.",
                BCRYPT_OF_SECRET
            })
    void a_password_is_verified_by_its_hash_and_no_other_is(String hash) {
        assertThat(PasswordHash.verify(hash, bytes("secret"))).isTrue();
        assertThat(PasswordHash.verify(hash, bytes("Secret"))).isFalse();
        assertThat(PasswordHash.verify(hash, bytes(""))).isFalse();
        assertThat(PasswordHash.verify(hash, new byte[100_000])).isFalse();
    }

    static final String BCRYPT_OF_SECRET = "$2b$05$F2ffqEy00gshLzaq2zONGucQ/lA2aldUI2Vlq/GWMrNFVPzoqmILC";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$",
                "$1$",
                "$2y$31$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "$6$rounds=999999999$abcdefgh$ltjgWl6579NluT",
                "$5$",
                "{SHA}",
                "{SHA}secret",
                "{SSHA}x",
                "{MD5}secret",
                "*",
                "!",
                "\u00e9$1$"
            })
    void what_is_no_hash_or_takes_too_long_is_that_of_no_password(String hash) {
        assertThat(PasswordHash.verify(hash, bytes("secret"))).isFalse();
        assertThat(PasswordHash.verify(hash, bytes(""))).isFalse();
        assertThat(PasswordHash.verify(hash, bytes(hash))).isFalse();
    }

    @Test
    void a_password_of_more_than_256_bytes_is_none() {
        assertThat(PasswordHash.verify("{PLAIN}" + "x".repeat(256), bytes("x".repeat(256))))
                .isTrue();
        assertThat(PasswordHash.verify("{PLAIN}" + "x".repeat(257), bytes("x".repeat(257))))
                .isFalse();
    }

    @Test
    void what_was_right_is_remembered_for_its_hash_alone() {
        var known = new VerifiedPasswords();
        known.add("hash", bytes("secret"));
        assertThat(known.has("hash", bytes("secret"))).isTrue();
        assertThat(known.has("hash", bytes("wrong"))).isFalse();
        assertThat(known.has("other", bytes("secret"))).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
