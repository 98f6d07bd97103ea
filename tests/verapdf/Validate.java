// Validates PDFs by veraPDF: java Validate 2u FILE… prints one line a file, and for each rule that
// is broken its clause, how often, and what it says; several flavours with commas between. Exit status
// 1 where any file fails.
import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public final class Validate {
    public static void main(String[] words) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        boolean whole = true;
        for (String flavour : words[0].split(",")) {
            for (int number = 1; number < words.length; number++) {
                whole &= passes(PDFAFlavour.fromString(flavour), words[number]);
            }
        }
        System.exit(whole ? 0 : 1);
    }

    private static boolean passes(PDFAFlavour flavour, String name) {
        try (InputStream in = new FileInputStream(name);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour)) {
            ValidationResult result =
                Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            System.out.println((result.isCompliant() ? "pass " : "fail ") + name);
            Map<String, Integer> broken = new TreeMap<>();
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = one.getRuleId().getClause() + "/"
                        + one.getRuleId().getTestNumber() + " " + one.getMessage();
                    broken.merge(rule, 1, Integer::sum);
                }
            }
            broken.forEach((rule, times) -> System.out.println("  " + times + " × " + rule));
            return result.isCompliant();
        } catch (Exception problem) {
            System.out.println("fail " + name + "\n  " + problem);
            return false;
        }
    }
}
