<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>HistoryFeature</name>
    <message numerus="yes">
        <source>Move %n run(s) to the trash?</source>
        <translation>
            <numerusform>Move %n run to the trash?</numerusform>
            <numerusform>Move %n runs to the trash?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LayersView</name>
    <message numerus="yes">
        <source>%n layer(s); {0} → {1}, {2} bits on average</source>
        <translation>
            <numerusform>%n layer; {0} → {1}, {2} bits on average</numerusform>
            <numerusform>%n layers; {0} → {1}, {2} bits on average</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsView</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n run(s)</source>
        <translation>
            <numerusform>{0} of %n run</numerusform>
            <numerusform>{0} of %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StartupPrompts</name>
    <message numerus="yes">
        <source>%n run(s) from the last session wait in the queue.</source>
        <translation>
            <numerusform>%n run from the last session waits in the queue.</numerusform>
            <numerusform>%n runs from the last session wait in the queue.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TestImagesLook</name>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
</TS>
