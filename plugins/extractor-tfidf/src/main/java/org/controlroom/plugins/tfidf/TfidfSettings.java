package org.controlroom.plugins.tfidf;

import org.controlroom.text.Cleaning;
import org.controlroom.text.StopWords;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Settings of extractor-tfidf. Each field (title words, text characters, ...) has the same five: weight, shortest and
 * longest n-gram, most features, fewest products.
 */
@ObjectClassDefinition(
        name = "TF-IDF",
        description = "Word and character n-grams of title and description, each field with a weight of its own.")
public @interface TfidfSettings {

    @AttributeDefinition(
            name = "Title words: weight",
            description = "Length of the vector of the words of the title; 0 switches the field off.",
            min = "0",
            max = "100")
    float titleWordsWeight() default 0.7f;

    @AttributeDefinition(name = "Title words: shortest n-gram", description = "In words.", min = "1", max = "8")
    int titleWordsMin() default 1;

    @AttributeDefinition(name = "Title words: longest n-gram", description = "In words.", min = "1", max = "8")
    int titleWordsMax() default 2;

    @AttributeDefinition(
            name = "Title words: most features",
            description = "The n-grams with the most occurrences are kept.",
            min = "1",
            max = "20000000")
    int titleWordsMaxFeatures() default 100000;

    @AttributeDefinition(
            name = "Title words: fewest products",
            description = "An n-gram in fewer products is dropped; below 1 a fraction of the products.",
            min = "0",
            max = "1000000000")
    double titleWordsMinDf() default 2;

    @AttributeDefinition(
            name = "Title words: ends",
            description = "Whether the first and the last word of a title are terms of their own as well.")
    boolean titleWordsEnds() default true;

    @AttributeDefinition(
            name = "Description words: weight",
            description = "Length of the vector of the words of the description; 0 switches the field off.",
            min = "0",
            max = "100")
    float descriptionWordsWeight() default 0f;

    @AttributeDefinition(name = "Description words: shortest n-gram", description = "In words.", min = "1", max = "8")
    int descriptionWordsMin() default 1;

    @AttributeDefinition(name = "Description words: longest n-gram", description = "In words.", min = "1", max = "8")
    int descriptionWordsMax() default 2;

    @AttributeDefinition(
            name = "Description words: most features",
            description = "The n-grams with the most occurrences are kept.",
            min = "1",
            max = "20000000")
    int descriptionWordsMaxFeatures() default 300000;

    @AttributeDefinition(
            name = "Description words: fewest products",
            description = "An n-gram in fewer products is dropped; below 1 a fraction of the products.",
            min = "0",
            max = "1000000000")
    double descriptionWordsMinDf() default 2;

    @AttributeDefinition(
            name = "Text words: weight",
            description =
                    "Length of the vector of the words of title and description together; 0 switches the field off.",
            min = "0",
            max = "100")
    float textWordsWeight() default 1f;

    @AttributeDefinition(name = "Text words: shortest n-gram", description = "In words.", min = "1", max = "8")
    int textWordsMin() default 1;

    @AttributeDefinition(name = "Text words: longest n-gram", description = "In words.", min = "1", max = "8")
    int textWordsMax() default 2;

    @AttributeDefinition(
            name = "Text words: most features",
            description = "The n-grams with the most occurrences are kept.",
            min = "1",
            max = "20000000")
    int textWordsMaxFeatures() default 300000;

    @AttributeDefinition(
            name = "Text words: fewest products",
            description = "An n-gram in fewer products is dropped; below 1 a fraction of the products.",
            min = "0",
            max = "1000000000")
    double textWordsMinDf() default 2;

    @AttributeDefinition(
            name = "Title characters: weight",
            description =
                    "Length of the vector of the characters inside the words of the title; 0 switches the field off.",
            min = "0",
            max = "100")
    float titleCharactersWeight() default 0f;

    @AttributeDefinition(
            name = "Title characters: shortest n-gram",
            description = "In characters.",
            min = "1",
            max = "16")
    int titleCharactersMin() default 2;

    @AttributeDefinition(
            name = "Title characters: longest n-gram",
            description = "In characters.",
            min = "1",
            max = "16")
    int titleCharactersMax() default 5;

    @AttributeDefinition(
            name = "Title characters: most features",
            description = "The n-grams with the most occurrences are kept.",
            min = "1",
            max = "20000000")
    int titleCharactersMaxFeatures() default 300000;

    @AttributeDefinition(
            name = "Title characters: fewest products",
            description = "An n-gram in fewer products is dropped; below 1 a fraction of the products.",
            min = "0",
            max = "1000000000")
    double titleCharactersMinDf() default 3;

    @AttributeDefinition(
            name = "Text characters: weight",
            description =
                    "Length of the vector of the characters inside the words of title and description together; 0 switches the field off.",
            min = "0",
            max = "100")
    float textCharactersWeight() default 0f;

    @AttributeDefinition(
            name = "Text characters: shortest n-gram",
            description = "In characters.",
            min = "1",
            max = "16")
    int textCharactersMin() default 3;

    @AttributeDefinition(
            name = "Text characters: longest n-gram",
            description = "In characters.",
            min = "1",
            max = "16")
    int textCharactersMax() default 5;

    @AttributeDefinition(
            name = "Text characters: most features",
            description = "The n-grams with the most occurrences are kept.",
            min = "1",
            max = "20000000")
    int textCharactersMaxFeatures() default 400000;

    @AttributeDefinition(
            name = "Text characters: fewest products",
            description = "An n-gram in fewer products is dropped; below 1 a fraction of the products.",
            min = "0",
            max = "1000000000")
    double textCharactersMinDf() default 3;

    @AttributeDefinition(
            name = "Most products",
            description = "An n-gram in more products is dropped; up to 1 a fraction of the products, above a number.",
            min = "0",
            max = "1000000000")
    double maxDf() default 1.0;

    @AttributeDefinition(
            name = "Sublinear term frequency",
            description = "Counts an n-gram that occurs n times as 1 + ln n instead of n.")
    boolean sublinearTf() default true;

    @AttributeDefinition(
            name = "Cleaning",
            description =
                    "MARKUP resolves HTML; ALL removes URLs, e-mail addresses, references, codes and long numbers too.")
    Cleaning cleaning() default Cleaning.ALL;

    @AttributeDefinition(name = "Lower case", description = "Whether capitals are lowered; needed by cleaning ALL.")
    boolean lowerCase() default true;

    @AttributeDefinition(name = "Fold accents", description = "Whether accents are removed.")
    boolean foldAccents() default true;

    @AttributeDefinition(name = "Stop words", description = "Frequent words that are dropped before n-grams are made.")
    StopWords stopWords() default StopWords.NONE;

    @AttributeDefinition(
            name = "Shortest word",
            description = "Words of fewer characters are dropped before n-grams are made.",
            min = "1",
            max = "20")
    int minTokenLength() default 1;
}
