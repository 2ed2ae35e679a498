/** The version that is printed and handed to the builder. */
final class GraalVersion {
    static final String NUMBER = System.getProperty("native-image.graal.version");

    /** In the form by which Quarkus tells GraalVM CE and its version. */
    static final String VENDOR = "GraalVM CE " + NUMBER + "+1.1";

    private GraalVersion() {}

    static void print() {
        var runtime = Runtime.version();
        var java = runtime.feature() + "." + runtime.interim() + "." + runtime.update();
        var build = java + "+" + runtime.build().orElse(0);
        System.out.println("native-image " + java + " " + System.getProperty("native-image.java.date", ""));
        System.out.println("GraalVM Runtime Environment " + VENDOR + " (build " + build + "-jvmci-b01)");
        System.out.println("Substrate VM " + VENDOR + " (build " + build + ", serial gc)");
    }
}
