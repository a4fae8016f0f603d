package org.controlroom.plugins.liblinear;

import org.controlroom.plugins.liblinear.internal.Solver;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the linear classifier; the names of LIBLINEAR's solvers and of scikit-learn's parameters where they exist. */
@ObjectClassDefinition(
        name = "Linear classifier",
        description = "Linear SVM or logistic regression, one binary problem a label (one versus rest).")
public @interface LiblinearSettings {

    /** How label frequencies enter the penalty. */
    enum ClassWeights {
        /** Every row weighs the same. */
        NONE,
        /** In the problem of a label, its own rows weigh rows / (labels * rows of the label). */
        BALANCED
    }

    /** Whose code solves the problems. */
    enum Engine {
        /** The platform's own solver where there is one for the problem, else the library. */
        AUTO,
        /** The library liblinear-java, always. Slower, for comparison. */
        LIBRARY
    }

    @AttributeDefinition(
            name = "Solver",
            description = "What is minimised: squared hinge (L2LOSS_SVC), hinge (L1LOSS_SVC) or logistic loss (LR), "
                    + "with L2 or L1 regularisation. DUAL solvers are the fast ones for sparse text.")
    Solver solver() default Solver.L2R_L2LOSS_SVC_DUAL;

    @AttributeDefinition(
            name = "Cost (C)",
            description = "Weight of the loss against the regularisation: larger fits the training rows closer.",
            min = "0.000001",
            max = "1000000")
    double cost() default 1.0;

    @AttributeDefinition(
            name = "Tolerance",
            description = "A problem is solved when its largest violation of optimality is at most this.",
            min = "0.00001",
            max = "1")
    double epsilon() default 0.1;

    @AttributeDefinition(
            name = "Bias",
            description = "Value of a feature added to every row, regularised like all others; 0 adds none.",
            min = "0",
            max = "1000")
    double bias() default 1.0;

    @AttributeDefinition(
            name = "Class weights",
            description = "BALANCED raises the cost of rows of rare labels: rows / (labels * rows of the label).")
    ClassWeights classWeights() default ClassWeights.NONE;

    @AttributeDefinition(
            name = "Naive Bayes power",
            description = "Features are scaled, label by label, by this power of their log-count ratio, so that the "
                    + "solver leans on those that tell the label from the rest; 0 scales none. Own solvers only.",
            min = "0",
            max = "2")
    double naiveBayesPower() default 0;

    @AttributeDefinition(
            name = "Most iterations",
            description = "A binary problem stops after so many passes over its rows, solved or not. Unit: passes.",
            min = "1",
            max = "100000")
    int maxIterations() default 1000;

    @AttributeDefinition(
            name = "Engine",
            description = "AUTO takes the platform's own solver where there is one (the three DUAL solvers), "
                    + "LIBRARY takes liblinear-java always.")
    Engine engine() default Engine.AUTO;
}
