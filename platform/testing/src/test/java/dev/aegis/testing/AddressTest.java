package dev.aegis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void aUrlIsReadAndWrittenWithPercentEncoding() {
        var address = Address.parse("postgres://smith:p%40ss@db/armoury");

        assertThat(address).isEqualTo(new Address("db", 5432, "armoury", "smith", "p@ss"));
        assertThat(address.url()).isEqualTo("postgresql://smith:p%40ss@db:5432/armoury");
        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/armoury");
    }

    @Test
    void aPasswordMayContainAnUnescapedAtSignAndPlusSign() {
        assertThat(Address.parse("PostgreSQL://smith:p@s+s@db:5433/armoury"))
                .isEqualTo(new Address("db", 5433, "armoury", "smith", "p@s+s"));
    }

    @Test
    void aMistakeIsReportedWithoutThePassword() {
        assertThatThrownBy(() -> Address.parse("postgresql://smith:s3cr et@d b"))
                .hasMessageContaining("TEST_DATABASE_URL")
                .hasMessageNotContaining("s3cr");
    }

    @Test
    void anInvalidUrlIsRejected() {
        assertThatThrownBy(() -> Address.parse("mysql://db/armoury")).hasMessageContaining("TEST_DATABASE_URL");
        assertThatThrownBy(() -> Address.parse("postgresql://db/armoury")).hasMessageContaining("TEST_DATABASE_URL");
    }
}
