import java.util.Map;

/** One scenario, as the front door hands it over. */
final class Scenario {
    /** The role that calls and profiles name. */
    static final String ROLE = "arn:aws:iam::123456789012:role/demo";
    private final Map<?, ?> fields;

    Scenario(Map<?, ?> fields) {
        this.fields = fields;
    }

    String entry() {
        return (String) fields.get("entry");
    }

    String operation() {
        return (String) fields.get("operation");
    }

    /** Presigned for somebody else to send. */
    boolean presign() {
        return flag("presign");
    }

    /** The provider is used with no client around it. */
    boolean alone() {
        return flag("alone");
    }

    /** The environment has no static credentials. */
    boolean noStatic() {
        return flag("no_static");
    }

    /**
     * The profile's own provider is asked, not the default chain, where static credentials of the environment would win over the
     * profile's role.
     */
    boolean asksProfile() {
        return entry().equals("profile-assume-role") && !noStatic();
    }

    boolean hasFiles() {
        return fields.get("config") != null || fields.get("credentials") != null;
    }

    /** Instance metadata answers. */
    boolean hasMetadata() {
        return fields.get("imds_region") != null;
    }

    String construction() {
        return (String) fields.get("construction");
    }

    Map<?, ?> properties() {
        Object properties = fields.get("properties");
        return properties == null ? Map.of() : (Map<?, ?>) properties;
    }

    /** An option given in code, null where it is not given. */
    String code(String option) {
        Object value = ((Map<?, ?>) fields.get("code")).get(option);
        return value == null ? null : value.toString();
    }

    /** Any option given in code. */
    boolean hasCode() {
        return ((Map<?, ?>) fields.get("code")).values().stream().anyMatch(value -> value != null);
    }

    private boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }
}
