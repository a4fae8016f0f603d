package org.controlroom.plugins.hashing;

import org.controlroom.text.Cleaning;
import org.controlroom.text.StopWords;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of extractor-hashing. Each field (title words, text characters, ...) has a weight and a range of n-grams. */
@ObjectClassDefinition(
        name = "Feature hashing",
        description = "Word and character n-grams without a vocabulary: nothing to learn, a fixed number of features.")
public @interface HashingSettings {

    @AttributeDefinition(
            name = "Bits",
            description = "There are 2 to this power features; fewer let more n-grams share one.",
            min = "8",
            max = "24")
    int bits() default 18;

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
    StopWords stopWords() default StopWords.ALL;

    @AttributeDefinition(
            name = "Shortest word",
            description = "Words of fewer characters are dropped before n-grams are made.",
            min = "1",
            max = "20")
    int minTokenLength() default 1;
}
