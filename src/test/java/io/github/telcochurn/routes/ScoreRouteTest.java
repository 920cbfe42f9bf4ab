package io.github.telcochurn.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.kafka.RecordBatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RoutesUnderTest("score")
class ScoreRouteTest extends RouteTestSupport {
    private MockEndpoint predictions;
    private MockEndpoint deadLetters;

    @BeforeEach
    void replaceKafka() throws Exception {
        AdviceWith.adviceWith(context, "score", route -> {
            route.replaceFromWith(INPUT);
            route.weaveById("send-predictions").replace().to("mock:predictions");
            route.weaveById("send-dead-letters").replace().to("mock:dead-letters");
        });
        context.start();
        context.getRouteController().startRoute("score");
        predictions = getMockEndpoint("mock:predictions");
        deadLetters = getMockEndpoint("mock:dead-letters");
    }

    private Exchange poll(String... values) {
        TopicPartition partition = new TopicPartition(config().topics().raw(), 0);
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, values.length)
                .mapToObj(i -> new ConsumerRecord<>(
                        partition.topic(), 0, i, Integer.toString(i).getBytes(UTF_8), values[i].getBytes(UTF_8)))
                .toList();
        return template.request(INPUT, exchange -> exchange.getMessage()
                .setBody(new ConsumerRecords<>(Map.of(partition, records), Map.of())));
    }

    @Test
    void everyRecordOfAPollBecomesAPredictionOrADeadLetter() throws Exception {
        predictions.expectedMessageCount(1);
        deadLetters.expectedMessageCount(1);

        poll(TestProject.firstCustomerAsJson(), "no JSON", TestProject.firstCustomerAsJson());

        MockEndpoint.assertIsSatisfied(context);
        assertThat(batch(predictions).inputs()).containsExactly(0, 2);
        assertThat(batch(deadLetters).inputs()).containsExactly(1);
    }

    private static RecordBatch batch(MockEndpoint sent) {
        return sent.getExchanges().get(0).getMessage().getBody(RecordBatch.class);
    }

    @Test
    void aPollThatCannotBeSentFailsItsTransactionAtOnceAndMakesNoDeadLetter() throws Exception {
        IOException down = new IOException("the broker is down");
        failAlways(predictions, down);
        predictions.expectedMessageCount(1);
        deadLetters.expectedMessageCount(0);

        Exchange polled = poll(TestProject.firstCustomerAsJson());

        MockEndpoint.assertIsSatisfied(context);
        assertThat(polled.getException()).isSameAs(down);
    }
}
