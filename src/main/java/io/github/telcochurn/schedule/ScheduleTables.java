package io.github.telcochurn.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.quartz.Scheduler;

/** Quartz's tables in PostgreSQL. */
final class ScheduleTables {
    private static final String SCRIPT = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";
    private static final String CONNECT_SECONDS = "10";
    /** An arbitrary number that no other program locks: the first letters of churn. */
    private static final long LOCK = 0x63687572L;

    private ScheduleTables() {}

    /**
     * Creates the tables unless they exist, all of them or none.
     *
     * @throws MissingPrerequisite when the database cannot be reached, or rejects the login or a statement
     */
    static void createMissing(ChurnConfig.Database database) {
        Properties login = new Properties();
        login.setProperty("connectTimeout", CONNECT_SECONDS);
        login.setProperty("loginTimeout", CONNECT_SECONDS);
        if (!database.user().isEmpty()) {
            login.setProperty("user", database.user());
            login.setProperty("password", database.password());
        }
        try (Connection connection = DriverManager.getConnection(database.url(), login)) {
            connection.setAutoCommit(false);
            createMissing(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new MissingPrerequisite(
                    "The schedule's database at " + database.server() + " cannot be used: "
                            + e.getMessage().strip()
                            + " Start PostgreSQL, set churn.schedule.jdbc.url, .user and .password correctly, let that"
                            + " user create tables once, or clear churn.schedule.jdbc.url for a schedule in memory.",
                    e);
        }
    }

    private static void createMissing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Instances that start at the same time take turns; the lock ends with the transaction.
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            if (tablesExist(statement)) {
                return;
            }
            for (String createStatement : createStatements()) {
                statement.execute(createStatement);
            }
        }
    }

    private static boolean tablesExist(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT to_regclass('qrtz_locks') IS NOT NULL")) {
            return found.next() && found.getBoolean(1);
        }
    }

    /** Quartz's own script without its beginning, which drops all tables, and its end, a commit that is left to the caller. */
    private static List<String> createStatements() {
        try (InputStream script = Scheduler.class.getResourceAsStream(SCRIPT)) {
            String sql = new String(script.readAllBytes(), UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(sql.split(";", -1))
                    .map(String::strip)
                    .filter(statement -> statement.startsWith("CREATE "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
