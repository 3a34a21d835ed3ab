package skein.mutant;

import java.util.Arrays;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A process that runs classes of tests and says with its exit status what came of them. */
final class MutantRun {
    static final int PASSED = 10;
    static final int CAUGHT = 11;
    static final int NOTHING_RUN = 12;

    private MutantRun() {}

    public static void main(String[] arguments) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(arguments)
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures().stream()
                .limit(1)
                .forEach(failure -> System.out.println(
                        failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
        System.out.flush();
        Runtime.getRuntime().halt(status(summary));
    }

    private static int status(TestExecutionSummary summary) {
        if (summary.getTestsStartedCount() == 0) {
            return NOTHING_RUN;
        }
        return summary.getTestsFailedCount() > 0 ? CAUGHT : PASSED;
    }
}
