package finmicro.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The rules for packages that every module keeps. */
public final class PackageRules {

    private final JavaClasses classes;

    private PackageRules(JavaClasses classes) {
        this.classes = classes;
    }

    /** The production classes of the calling module in the package and below: {@code finmicro.trade}. */
    public static PackageRules of(String root) {
        return new PackageRules(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root));
    }

    /** @throws AssertionError naming the dependencies that make up each cycle */
    public void assertNoCycles() {
        slices().matching("finmicro.(**)").should().beFreeOfCycles().check(classes);
    }

    /** A boundary uses control and entity, control uses entity, and never the other way. */
    public void assertLayers() {
        noClasses()
                .that()
                .resideInAPackage("..control..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..boundary..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("..entity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..boundary..", "..control..")
                .check(classes);
    }
}
