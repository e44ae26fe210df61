package io.limpet.it.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuirksTest {

    private static final String WELDS = "org.jboss.weld.context.ConversationContext.conversations";
    private static final List<String> NOTED = List.of(
            "* session attribute added a",
            "* session attribute added " + WELDS,
            "<     attributes {a=1, " + WELDS + "=the container's}",
            "<     created in the past true, used since false");

    private static final Conversation ABOUT_AN_ATTRIBUTE = Conversation.of("an attribute", "/do?create,set:a=1,state");
    private static final Conversation ABOUT_AN_ID = Conversation.of("a new id", "/do?create,set:a=1,change-id,state");

    @Test
    void whatWeldNotesIsLeftOutAndWhatTheApplicationNotesIsNot() {
        assertThat(Quirks.NONE.withWeld().comparable(ABOUT_AN_ATTRIBUTE, NOTED))
                .containsExactly(NOTED.get(0), "<     attributes {a=1}", NOTED.get(3));
    }

    @Test
    void aServerWithoutQuirksIsComparedToTheLetter() {
        assertThat(Quirks.NONE.comparable(ABOUT_AN_ID, NOTED)).isEqualTo(NOTED);
    }

    @Test
    void whatANewIdLeavesOpenIsComparedWhereThereIsNone() {
        Quirks quirks = Quirks.NONE.withNewIds("(?<=, used since )(true|false)");

        assertThat(quirks.comparable(ABOUT_AN_ID, NOTED)).endsWith("<     created in the past true, used since ");
        assertThat(quirks.comparable(ABOUT_AN_ATTRIBUTE, NOTED)).isEqualTo(NOTED);
    }

    @Test
    void theEndOfABodyMayBeToldOtherwiseOnlyWhereItIsNamed() {
        assertThat(Quirks.OF_UNDERTOW.framingMayDiffer("/do?forward,create")).isTrue();
        assertThat(Quirks.OF_UNDERTOW.framingMayDiffer("/do?include,create")).isFalse();
    }
}
