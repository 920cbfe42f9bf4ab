package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.ClassNames;
import io.github.telcochurn.routes.Endpoint;
import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.Placeholders;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.DidYouMean;
import io.github.telcochurn.yaml.Yaml;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the beans, methods and classes that routes name exist. */
final class BeanCheck implements RouteCheck {
    private static final Set<String> CALLS = Set.of("bean", "method");
    /** Keys whose value names a bean, with or without a hash sign. */
    private static final Set<String> BEAN_KEYS = Set.of(
            "aggregationStrategy",
            "aggregationRepository",
            "idempotentRepository",
            "executorService",
            "onPrepare",
            "onRedeliveryRef",
            "errorHandlerRef");
    /** Keys of texts for people, where a hash sign is just that. */
    private static final Set<String> TEXTS =
            Set.of("description", "note", "message", "expression", "pattern", "constant");

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        List<Place> places = Place.in(source);
        for (Place place : places) {
            Map<String, Class<?>> beans = beansAt(place, scope);
            if (place.isOneOf(CALLS) && !place.isOption()) {
                place.mapping().ifPresent(call -> checkCall(call, beans, findings));
            }
            if (place.key().equals("process")) {
                place.mapping()
                        .flatMap(process -> process.scalar("ref"))
                        .ifPresent(ref -> checkBean(ref.text(), ref.at(), beans, findings));
            }
            place.scalar().ifPresent(scalar -> checkScalar(place, scalar, beans, findings));
        }
        for (Endpoint endpoint : Endpoint.in(places)) {
            checkEndpoint(endpoint, scope, findings);
        }
    }

    private static Map<String, Class<?>> beansAt(Place place, Scope scope) {
        return place.enclosing("routeTemplate")
                .flatMap(Place::mapping)
                .map(template -> {
                    Map<String, Class<?>> all = new TreeMap<>(scope.beans());
                    all.putAll(Scope.declared(template.items("beans")));
                    return all;
                })
                .orElse(scope.beans());
    }

    private static void checkCall(Yaml.Mapping call, Map<String, Class<?>> beans, Findings findings) {
        call.scalar("beanType").ifPresent(type -> {
            checkClass(type, findings);
            ClassNames.find(type.text()).ifPresent(found -> checkMethod(type.text(), found, call, findings));
        });
        call.scalar("ref").ifPresent(ref -> {
            String name = ref.text().replaceFirst("^#(bean:)?", "");
            if (ClassNames.isReference(ref.text())) {
                ClassNames.find(ref.text()).ifPresent(found -> checkMethod(name, found, call, findings));
            } else if (ref.text().startsWith("#") || checkBean(name, ref.at(), beans, findings)) {
                checkMethod(name, beans.get(name), call, findings);
            }
        });
    }

    private static void checkMethod(String bean, Class<?> type, Yaml.Mapping call, Findings findings) {
        call.scalar("method")
                .filter(method ->
                        !Placeholders.isIn(method.text()) && !method.text().isBlank())
                .ifPresent(method -> checkMethod(bean, type, BeanCall.of(method.text()), method.at(0), findings));
    }

    private static void checkMethod(String bean, Class<?> type, BeanCall call, Yaml.Position at, Findings findings) {
        if (type == null) {
            return;
        }
        List<Method> methods = Stream.of(type.getMethods())
                .filter(method -> !method.isBridge())
                .toList();
        List<Method> named = methods.stream()
                .filter(method -> method.getName().equals(call.method()))
                .toList();
        if (named.isEmpty()) {
            Set<String> known = methods.stream()
                    .filter(method -> method.getDeclaringClass() != Object.class)
                    .map(Method::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
            findings.add(
                    at,
                    Rule.UNKNOWN_METHOD,
                    "The bean " + bean + " (" + type.getSimpleName() + ") has no method " + call.method()
                            + DidYouMean.suggestionOr(
                                    call.method(), known, ". It has " + String.join(", ", known) + "."));
        } else if (call.arguments() != null
                && named.stream()
                        .noneMatch(method -> takes(method, call.arguments().size()))) {
            findings.add(
                    at,
                    Rule.UNKNOWN_METHOD,
                    call.method() + " of the bean " + bean + " takes " + counts(named) + ", but "
                            + call.arguments().size() + " are given. Call it as "
                            + signature(named.get(0)) + ".");
        }
    }

    private static boolean takes(Method method, int arguments) {
        return method.getParameterCount() == arguments
                || (method.isVarArgs() && arguments >= method.getParameterCount() - 1);
    }

    private static String counts(List<Method> methods) {
        return methods.stream()
                .map(Method::getParameterCount)
                .distinct()
                .sorted()
                .map(count -> count == 1 ? "1 value" : count + " values")
                .collect(Collectors.joining(" or "));
    }

    private static String signature(Method method) {
        return Stream.of(method.getParameters())
                .map(parameter -> parameter.getType().getSimpleName() + " " + parameter.getName())
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    private static void checkScalar(Place place, Yaml.Scalar scalar, Map<String, Class<?>> beans, Findings findings) {
        boolean isType = place.key().equals("type")
                && place.parent() != null
                && place.parent().key().equals("beans");
        if (isType || place.key().equals("exception") || place.key().equals("exceptionType")) {
            checkClass(scalar, findings);
        } else if (place.isOneOf(BEAN_KEYS) && !scalar.text().startsWith("#") && !Placeholders.isIn(scalar.text())) {
            checkBean(scalar.text(), scalar.at(), beans, findings);
        } else if (ClassNames.isReference(scalar.text())) {
            checkClass(scalar, findings);
        } else if (!place.isOneOf(TEXTS) && !Placeholders.isIn(scalar.text())) {
            BeanCall.reference(scalar.text()).ifPresent(name -> checkBean(name, scalar.at(), beans, findings));
        }
        for (BeanCall.InExpression call : BeanCall.in(scalar.text())) {
            if (call.bean().startsWith("type:") || Placeholders.isIn(call.bean())) {
                continue;
            }
            if (checkBean(call.bean(), scalar.at(call.index()), beans, findings) && call.call() != null) {
                checkMethod(call.bean(), beans.get(call.bean()), call.call(), scalar.at(call.methodIndex()), findings);
            }
        }
    }

    /** The endpoint bean:name. */
    private static void checkEndpoint(Endpoint endpoint, Scope scope, Findings findings) {
        String scheme = endpoint.scheme(scope);
        if (!scheme.equals("bean") || endpoint.isDynamic()) {
            return;
        }
        String name = endpoint.path(scope).isEmpty()
                ? endpoint.option("beanName")
                        .map(option -> option.value().text())
                        .orElse("")
                : endpoint.path(scope);
        if (!name.isEmpty()
                && !name.startsWith("type:")
                && checkBean(name, endpoint.uri().at(), scope.beans(), findings)) {
            endpoint.option("method")
                    .ifPresent(method -> checkMethod(
                            name,
                            scope.beans().get(name),
                            BeanCall.of(method.value().text()),
                            method.value().at(0),
                            findings));
        }
    }

    private static boolean checkBean(String name, Yaml.Position at, Map<String, Class<?>> beans, Findings findings) {
        if (beans.containsKey(name) || Placeholders.isIn(name)) {
            return true;
        }
        findings.add(
                at,
                Rule.UNKNOWN_BEAN,
                "There is no bean " + name
                        + DidYouMean.suggestionOr(
                                name,
                                beans.keySet(),
                                ". Declare it with beans: in a file of routes, or name one of "
                                        + String.join(", ", beans.keySet()) + "."));
        return false;
    }

    private static void checkClass(Yaml.Scalar scalar, Findings findings) {
        if (!Placeholders.isIn(scalar.text()) && ClassNames.find(scalar.text()).isEmpty()) {
            findings.add(
                    scalar.at(),
                    Rule.UNKNOWN_CLASS,
                    "There is no class " + ClassNames.nameIn(scalar.text())
                            + " on the class path. Write its full name, with its package.");
        }
    }
}
