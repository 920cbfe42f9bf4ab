package io.github.telcochurn.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Manifests as Kubernetes reads them; an unknown field is an error. */
record Manifests(List<HasMetadata> all) {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "ConfigMap", ConfigMap.class,
            "Secret", Secret.class,
            "Service", Service.class,
            "PersistentVolumeClaim", PersistentVolumeClaim.class,
            "Deployment", Deployment.class,
            "StatefulSet", StatefulSet.class,
            "CronJob", CronJob.class);

    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(new NoOtherFields());

    /** The types keep any other field in a map of their own, which would hide a mistyped one. */
    private static final class NoOtherFields extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    static HasMetadata read(JsonNode manifest) throws JsonProcessingException {
        String kind = manifest.path("kind").asText();
        HasMetadata read = STRICT.treeToValue(manifest, KINDS.get(kind));
        // Its type knows which group and version it belongs to.
        String group = read.getApiVersion();
        if (!group.equals(HasMetadata.getApiVersion(read.getClass()))) {
            throw new IllegalArgumentException(kind + " is not in " + group);
        }
        return read;
    }

    /** Those of one kind. */
    <T extends HasMetadata> Stream<T> of(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** The one of a kind and name. */
    <T extends HasMetadata> T named(Class<T> kind, String name) {
        return of(kind).filter(manifest -> name.equals(manifest.getMetadata().getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + kind.getSimpleName() + " " + name));
    }

    /** The pods that would be created. */
    List<PodTemplateSpec> pods() {
        return Stream.of(
                        of(Deployment.class)
                                .map(deployment -> deployment.getSpec().getTemplate()),
                        of(StatefulSet.class).map(set -> set.getSpec().getTemplate()),
                        of(CronJob.class)
                                .map(job ->
                                        job.getSpec().getJobTemplate().getSpec().getTemplate()))
                .flatMap(pods -> pods)
                .toList();
    }
}
