"""What inspectors of the demo find, do and are answered: made-up sentences, in each authority's languages."""

# uk-fhrs: component: letter of the code, small findings, serious ones; each in English and Welsh
FHRS = {
    "hygiene": (
        "H",
        (
            ("Raw meat was stored above salad in the fridge.",
             "Roedd cig amrwd yn cael ei gadw uwchben salad yn yr oergell."),
            ("Cooked food was cooling on the worktop without a time being noted.",
             "Roedd bwyd wedi’i goginio yn oeri ar y bwrdd heb nodi’r amser."),
            ("Opened packets in the fridge carried no date.",
             "Nid oedd dyddiad ar becynnau agored yn yr oergell."),
            ("The thermometer had not been checked in boiling water.",
             "Nid oedd y thermomedr wedi’i wirio mewn dŵr berwedig."),
            ("The same cloth was used for the counter and the chopping boards.",
             "Roedd yr un cadach yn cael ei ddefnyddio ar gyfer y cownter a’r byrddau torri."),
            ("Ice cream scoops stood in water that was changed once a day.",
             "Roedd y llwyau hufen iâ yn sefyll mewn dŵr a oedd yn cael ei newid unwaith y dydd."),
        ),
        (
            ("Cooked rice had been kept at 24 °C since the evening before.",
             "Roedd reis wedi’i goginio wedi’i gadw ar 24 °C ers y noson gynt."),
            ("Raw chicken and ready-to-eat ham were cut with the same knife.",
             "Roedd cyw iâr amrwd a ham parod i’w fwyta yn cael eu torri â’r un gyllell."),
            ("Mince past its use-by date was in use.",
             "Roedd briwgig ar ôl ei ddyddiad defnyddio yn cael ei ddefnyddio."),
            ("Reheated soup reached only 52 °C.", "Dim ond 52 °C a gyrhaeddodd y cawl a ailgynheswyd."),
        ),
    ),
    "structural": (
        "S",
        (
            ("A tile behind the sink was cracked.", "Roedd teilsen y tu ôl i’r sinc wedi cracio."),
            ("The seal of the freezer was torn.", "Roedd sêl y rhewgell wedi rhwygo."),
            ("Grease had built up on the extraction hood.", "Roedd saim wedi cronni ar y cwfl echdynnu."),
            ("The floor under the dishwasher could not be cleaned.",
             "Nid oedd modd glanhau’r llawr o dan y peiriant golchi llestri."),
            ("Paint was flaking above the preparation table.",
             "Roedd paent yn plicio uwchben y bwrdd paratoi."),
            ("The light in the dry store did not work.", "Nid oedd y golau yn y storfa sych yn gweithio."),
        ),
        (
            ("There was no hot water at the wash-hand basin.", "Nid oedd dŵr poeth yn y basn golchi dwylo."),
            ("Mouse droppings were found in the dry store.",
             "Daethpwyd o hyd i faw llygod yn y storfa sych."),
            ("Waste water stood on the kitchen floor.", "Roedd dŵr gwastraff yn sefyll ar lawr y gegin."),
            ("The wash-hand basin was used for washing vegetables.",
             "Roedd y basn golchi dwylo yn cael ei ddefnyddio i olchi llysiau."),
        ),
    ),
    "confidence": (
        "M",
        (
            ("The temperature diary had gaps in the last two weeks.",
             "Roedd bylchau yn y dyddiadur tymheredd yn ystod y pythefnos diwethaf."),
            ("The cleaning schedule was not signed.", "Nid oedd yr amserlen lanhau wedi’i llofnodi."),
            ("One member of staff had not repeated the hygiene training.",
             "Nid oedd un aelod o staff wedi ailadrodd yr hyfforddiant hylendid."),
            ("The list of suppliers was out of date.", "Roedd y rhestr o gyflenwyr wedi dyddio."),
        ),
        (
            ("There was no written food safety system.", "Nid oedd system diogelwch bwyd ysgrifenedig."),
            ("Staff could not say which dishes contain allergens.",
             "Nid oedd y staff yn gallu dweud pa seigiau sy’n cynnwys alergenau."),
            ("The points from the last inspection had not been put right.",
             "Nid oedd y pwyntiau o’r arolygiad diwethaf wedi’u cywiro."),
        ),
    ),
}  # fmt: skip
# us-nyc: points, whether critical, sentence
LETTERS = (
    (7, True, "Cold food stood at 11 °C."),
    (7, True, "Hot food stood at 48 °C."),
    (6, True, "Evidence of mice in the dish area."),
    (5, True, "A food worker handled bread with bare hands."),
    (5, True, "The wash-hand basin was blocked by crates."),
    (5, True, "A chemical spray stood among the oils."),
    (4, False, "Wiping cloths lay dry on the counter."),
    (4, False, "The floor of the store was not smooth and could not be cleaned."),
    (3, False, "The chopping boards were deeply scored."),
    (2, False, "The ceiling light had no cover."),
    (2, False, "The bin in the washroom had no lid."),
    (2, False, "The choking first-aid poster did not hang."),
)
# dk-smiley: area: sentence for an order, for an injunction, for a fine
FACES = {
    "Storage": (
        "Deliveries stood on the floor of the cold room.",
        "The cold room stood at 12 °C; the goods had to be thrown away.",
        "The cold room stood at 14 °C for the third time; fined.",
    ),
    "Cleaning": (
        "The slicer was not clean between uses.",
        "The sales counter had to be closed for cleaning.",
        "Pests were found again in the bakery; fined.",
    ),
    "Own checks": (
        "Temperatures were not written down for a week.",
        "There was no plan for own checks; one has to be shown within two weeks.",
        "Own checks were written down without being made; reported.",
    ),
    "Labels": (
        "Two salads carried no list of ingredients.",
        "Nuts were not declared on a cake; it was taken from sale.",
        "A use-by date had been pasted over; fined.",
    ),
    "Buildings": (
        "A door to the yard did not close.",
        "The basin for washing hands had to be repaired before opening.",
        "The order to repair the drain was not followed; fined.",
    ),
}

REPLIES = (
    "We put every point right within a week and asked for a new inspection.",
    "The fridge named in the report has been replaced. All staff have since taken the hygiene course again.",
    "&lt;p&gt;We were sorry to read this. The kitchen has been refitted &amp;amp; records are kept.&lt;/p&gt;"
    "&lt;p&gt;Please come and see for yourself.&lt;/p&gt;",
    "The inspection took place on the day of our delivery. We have changed the delivery time.",
    "<p>We thank the officer for her advice. The wash-hand basin now has its own boiler.</p>",
)
WELSH_REPLIES = (
    "Diolch am yr adroddiad. Rydym wedi trwsio popeth a nodwyd ac wedi gofyn am arolygiad newydd.",
    "Mae’r oergell wedi cael ei newid ac mae’r staff i gyd wedi cael hyfforddiant.",
)
