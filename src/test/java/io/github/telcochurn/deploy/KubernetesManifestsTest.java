package io.github.telcochurn.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.cli.ExitCodes;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.CronExpression;

class KubernetesManifestsTest {
    private static final Path FOLDER = TestProject.ROOT.resolve("deploy/kubernetes");

    private Manifests manifests;

    @BeforeEach
    void readAll() throws IOException {
        manifests = readAll(FOLDER);
    }

    private static Manifests readAll(Path folder) throws IOException {
        List<HasMetadata> read = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                for (JsonNode document : new ProjectFile(file).yamlDocuments()) {
                    read.add(Manifests.read(document));
                }
            }
        }
        return new Manifests(read);
    }

    private List<Container> containers() {
        return manifests.pods().stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .toList();
    }

    /** What the pod gives the program: the shared settings, overridden by its own. */
    private ChurnContainer churn(Container container) {
        Map<String, String> environment = new HashMap<>(
                manifests.named(ConfigMap.class, "telco-churn-config").getData());
        for (EnvVar variable : container.getEnv()) {
            boolean isPodName = variable.getValueFrom() != null
                    && "metadata.name"
                            .equals(variable.getValueFrom().getFieldRef().getFieldPath());
            environment.put(variable.getName(), isPodName ? "telco-churn-scorer-0" : variable.getValue());
        }
        return new ChurnContainer(container.getName(), container.getImage(), container.getArgs(), environment);
    }

    private Container container(String name) {
        return containers().stream()
                .filter(container -> name.equals(container.getName()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void haveOnlyKindsAndFieldsThatKubernetesKnows() {
        assertThat(manifests.all())
                .extracting(HasMetadata::getKind)
                .contains("ConfigMap", "Deployment", "StatefulSet", "CronJob", "Service", "PersistentVolumeClaim")
                .doesNotContain("Secret");
    }

    @Test
    void failThisTestWithAMistypedField() throws IOException {
        ObjectNode cronJob = (ObjectNode)
                ProjectFile.at("deploy/kubernetes/batch.yaml").yamlDocuments().get(0);
        ((ObjectNode) cronJob.path("spec").path("jobTemplate").path("spec")).put("backOffLimit", 3);

        assertThatThrownBy(() -> Manifests.read(cronJob))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("backOffLimit");
    }

    @Test
    void selectThePodsThatTheyCreate() {
        Deployment deployment = manifests.named(Deployment.class, "telco-churn");
        StatefulSet scorers = manifests.named(StatefulSet.class, "telco-churn-scorer");

        assertThat(labels(deployment.getSpec().getTemplate()))
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        assertThat(labels(scorers.getSpec().getTemplate()))
                .containsAllEntriesOf(scorers.getSpec().getSelector().getMatchLabels());
        assertThat(manifests
                        .named(Service.class, scorers.getSpec().getServiceName())
                        .getSpec()
                        .getClusterIP())
                .isEqualTo("None");
        manifests.of(Service.class).forEach(service -> assertThat(manifests.pods())
                .as(service.getMetadata().getName())
                .filteredOn(pod -> labels(pod)
                        .entrySet()
                        .containsAll(service.getSpec().getSelector().entrySet()))
                .hasSize(1));
    }

    private static Map<String, String> labels(PodTemplateSpec pod) {
        return pod.getMetadata().getLabels();
    }

    @Test
    void mountExistingVolumes() {
        Set<String> claims = manifests
                .of(PersistentVolumeClaim.class)
                .map(claim -> claim.getMetadata().getName())
                .collect(Collectors.toSet());
        Set<String> claimed = manifests.pods().stream()
                .flatMap(pod -> pod.getSpec().getVolumes().stream())
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .collect(Collectors.toSet());

        assertThat(claimed).isEqualTo(claims);
        for (PodTemplateSpec pod : manifests.pods()) {
            PodSpec spec = pod.getSpec();
            assertThat(mounts(spec).map(VolumeMount::getName).collect(Collectors.toSet()))
                    .isEqualTo(spec.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet()));
        }
    }

    private static Stream<VolumeMount> mounts(PodSpec pod) {
        return pod.getContainers().stream().flatMap(container -> container.getVolumeMounts().stream());
    }

    @Test
    void letTheProgramWriteWhereItMustAndNowhereElse() throws Exception {
        String home = new Pom().imageHome();
        for (PodTemplateSpec pod : manifests.pods()) {
            PodSpec spec = pod.getSpec();
            assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(spec.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(spec.getSecurityContext().getFsGroup()).isPositive();
            for (Container container : spec.getContainers()) {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsKey("memory");
                assertThat(container.getResources().getRequests()).containsKeys("memory", "cpu");
            }
            assertThat(mounts(spec))
                    .extracting(VolumeMount::getMountPath)
                    .contains("/tmp", home + "/logs", home + "/var");
        }
        for (String name : List.of("churn", "batch")) {
            assertThat(container(name).getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .contains(home + "/reports", home + "/checkpoints");
        }
    }

    @Test
    void startExistingCommandsWithExistingSettings() throws Exception {
        assertThat(churn(container("churn")).command()).isEqualTo("run");
        assertThat(churn(container("scorer")).command()).isEqualTo("score");
        assertThat(churn(container("batch")).command()).isEqualTo("batch");
        for (Container container : containers()) {
            assertThat(container.getImage()).isEqualTo(new Pom().image());
            ChurnConfig settings = churn(container).settings();
            assertThat(settings.kafka().isEmbedded()).isFalse();
            assertThat(settings.instance()).as("a pod's own name").isEqualTo("telco-churn-scorer-0");
            assertThat(container.getEnvFrom().get(0).getConfigMapRef().getName())
                    .isEqualTo("telco-churn-config");
        }
    }

    @Test
    void haveAnExampleSecretWithExistingSettingsAndNoValues() throws IOException {
        Secret secret =
                readAll(FOLDER.resolve("examples")).of(Secret.class).findFirst().orElseThrow();

        assertThat(secret.getStringData().values()).allMatch(String::isEmpty);
        new ChurnContainer("", "", List.of(), secret.getStringData()).settings();
        containers().forEach(container -> assertThat(
                        container.getEnvFrom().get(1).getSecretRef().getName())
                .isEqualTo(secret.getMetadata().getName()));
    }

    @Test
    void keepVariablesOfServicesAwayFromTheSettings() {
        assertThat(manifests.pods()).allMatch(pod -> !pod.getSpec().getEnableServiceLinks());
        // As Kubernetes would set them.
        ChurnContainer linked = new ChurnContainer("", "", List.of(), Map.of("CHURN_SERVICE_HOST", "10.0.0.1"));
        assertThatThrownBy(linked::settings).hasMessageContaining("CHURN_SERVICE_HOST");
    }

    @Test
    void startBatchRunsInOnePlaceOnly() throws Exception {
        String cron = churn(container("churn")).settings().schedule().cron();

        assertThat(new CronExpression(cron).getNextValidTimeAfter(Date.from(Instant.now())))
                .isAfter("2098-12-31");
    }

    @Test
    void retryABatchUnlessThatCannotHelp() {
        CronJob cronJob = manifests.named(CronJob.class, "telco-churn-batch");
        JobSpec job = cronJob.getSpec().getJobTemplate().getSpec();

        assertThat(cronJob.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(cronJob.getSpec().getTimeZone()).isEqualTo("Etc/UTC");
        assertThat(cronJob.getSpec().getStartingDeadlineSeconds()).isPositive();
        assertThat(job.getBackoffLimit()).isPositive();
        // Kubernetes accepts a failure policy only with this.
        assertThat(job.getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(job.getPodFailurePolicy().getRules().get(0)).satisfies(rule -> {
            assertThat(rule.getAction()).isEqualTo("FailJob");
            assertThat(rule.getOnExitCodes().getContainerName()).isEqualTo("batch");
            assertThat(rule.getOnExitCodes().getOperator()).isEqualTo("In");
            assertThat(rule.getOnExitCodes().getValues())
                    .containsExactly(ExitCodes.BAD_USAGE, ExitCodes.BELOW_THRESHOLD);
        });
    }

    @Test
    void askForHealthWhereItIsServed() {
        Container churn = container("churn");
        int port = churn(churn).settings().web().port();

        assertThat(churn.getPorts()).singleElement().satisfies(named -> {
            assertThat(named.getName()).isEqualTo("http");
            assertThat(named.getContainerPort()).isEqualTo(port);
        });
        assertThat(paths(churn.getStartupProbe(), churn.getLivenessProbe(), churn.getReadinessProbe()))
                .containsExactly("/observe/health/live", "/observe/health/live", "/observe/health/ready");
        assertThat(manifests
                        .named(Service.class, "telco-churn")
                        .getSpec()
                        .getPorts()
                        .get(0))
                .satisfies(served -> {
                    assertThat(served.getPort()).isEqualTo(port);
                    assertThat(served.getTargetPort().getStrVal()).isEqualTo("http");
                });
    }

    private static List<String> paths(Probe... probes) {
        return Stream.of(probes)
                .peek(probe ->
                        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http"))
                .map(probe -> probe.getHttpGet().getPath())
                .toList();
    }
}
