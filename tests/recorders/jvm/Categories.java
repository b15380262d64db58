import java.util.LinkedHashMap;
import java.util.Map;

/** What a message tells of the category of a failure. */
final class Categories {
    private final Map<String, String> byWords = new LinkedHashMap<>();

    /** A message with these words is of this category, unless words named before are in it. */
    Categories where(String words, String category) {
        byWords.put(words, category);
        return this;
    }

    String of(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return byWords.entrySet().stream().filter(known -> message.contains(known.getKey())).map(Map.Entry::getValue).findFirst().orElse("other");
    }
}
