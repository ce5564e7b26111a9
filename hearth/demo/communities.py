"""The borough's communities: how many of its children each has, and the names heard in it.

Shares follow what the inspection of Lambeth in 2012 printed of that borough's children: 24% Black
African, 17.7% Black Caribbean, 15.1% White British, 5.6% Portuguese, and the rest of many
backgrounds. Names are common ones of each community, put together at random.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Community:
    """One community: its share of children in a hundred, census code, names, tongues and faiths."""

    key: str
    share: float
    ethnicity: str
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]
    languages: tuple[str, ...] = ("eng",)
    religions: tuple[str, ...] = ("christian", "none")


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


WHITE_BRITISH_GIRLS = _names(
    "Olivia Amelia Isla Ava Mia Freya Poppy Evie Daisy Ruby Chloe Ellie Megan Holly Jessica "
    "Lauren Bethany Georgia Leah Katie Phoebe Abigail Molly Lucy Grace Emily Paige Shannon"
)
WHITE_BRITISH_BOYS = _names(
    "Oliver George Harry Jack Noah Leo Alfie Charlie Freddie Archie Thomas Joshua Callum Liam "
    "Ryan Connor Jake Kyle Reece Lewis Jamie Daniel Nathan Luke Tyler Ethan Toby Ben"
)
WHITE_BRITISH_FAMILIES = _names(
    "Ashworth Barrow Bexley Bramley Carlow Chadwick Cobham Cranmer Dalby Denholm Eastwood "
    "Fairley Farrow Goddard Hallam Harding Hargrave Hebden Holroyd Ingham Kemble Langley Marlow "
    "Netherton Oakham Pickering Radley Ramsden Selby Stanhope Thornley Tilbury Wainfleet "
    "Wetherby Whitlock Wickham Winslow Wragby"
)

COMMUNITIES: tuple[Community, ...] = (
    Community(
        "black_african",
        24.0,
        "BAFR",
        _names(
            "Adaeze Amina Abena Ama Chioma Efua Esther Faith Fatou Folake Grace Halima Ifeoma "
            "Kemi Mariam Ngozi Nkechi Precious Temitope Yewande Zainab Blessing Deborah Hodan"
        ),
        _names(
            "Abdi Ade Ayo Babatunde Chidi Chinedu Daniel Emeka Emmanuel Femi Ibrahim Kofi Kojo "
            "Kwame Musa Obinna Olumide Samuel Segun Tunde Uche Yaw Yusuf Joseph"
        ),
        _names(
            "Adebayo Adeyemi Afolabi Agyeman Ahmed Akande Asante Bah Balogun Boateng Conteh "
            "Danso Diallo Eze Farah Gyasi Hassan Ibeh Jalloh Kamara Lawal Mensah Mohamud Nwosu "
            "Obi Ogunleye Okafor Okonkwo Oladipo Osei Owusu Sesay Tekle Warsame"
        ),
        ("eng", "yor", "aka", "som", "ibo", "fra", "amh", "tir"),
        ("christian", "muslim"),
    ),
    Community(
        "black_caribbean",
        17.7,
        "BCRB",
        _names(
            "Aaliyah Alicia Amber Chanel Destiny Ebony Imani Jada Jasmine Kayla Keisha Leanna "
            "Monique Naomi Renee Shanice Shantelle Simone Tanisha Tia Zara Zuri"
        ),
        _names(
            "Andre Courtney Damian Darnell Dwayne Elijah Isaiah Jaden Jerome Jordan Kieran "
            "Leon Malachi Marcus Micah Omari Rashawn Reuben Rhys Theo Tyrone Xavier"
        ),
        _names(
            "Bailey Barrett Beckford Blake Brissett Campbell Clarke Cole Dacres Edwards Facey "
            "Francis Gayle Grant Henry Hylton James Lindo McKenzie Morgan Nembhard Palmer Pinnock "
            "Powell Reid Rowe Samuels Spence Thompson Wint"
        ),
    ),
    Community(
        "white_british",
        15.1,
        "WBRI",
        WHITE_BRITISH_GIRLS,
        WHITE_BRITISH_BOYS,
        WHITE_BRITISH_FAMILIES,
        ("eng",),
        ("none", "christian"),
    ),
    Community(
        "portuguese",
        5.6,
        "WOTH",
        _names("Beatriz Carolina Catarina Diana Filipa Inês Joana Leonor Mafalda Margarida Sofia"),
        _names("Afonso Bernardo Diogo Duarte Gonçalo João Martim Miguel Rodrigo Santiago Tiago"),
        _names(
            "Almeida Barbosa Cardoso Carvalho Correia Faria Fernandes Gonçalves Lopes Marques "
            "Moreira Pereira Pinto Ribeiro Tavares Vieira"
        ),
        ("por", "eng"),
        ("christian", "none"),
    ),
    Community(
        "other_white",
        8.6,
        "WOTH",
        _names("Agnieszka Alicja Elena Hanna Ioana Julia Lena Maja Maria Natalia Oliwia Zofia"),
        _names("Adam Andrei Filip Jakub Kacper Luca Marek Mateusz Mihai Nikola Stefan Szymon"),
        _names(
            "Adamski Bielak Dragomir Georgiou Ionescu Kamiński Kowal Lewicki Marin Nowicki "
            "Petrov Popa Rusu Sikora Stanek Walczak Zawada Zielinski"
        ),
        ("pol", "ron", "eng", "bul", "ell"),
        ("christian", "none"),
    ),
    Community(
        "white_irish",
        1.6,
        "WIRI",
        _names("Aoife Caoimhe Ciara Clodagh Maeve Niamh Orla Róisín Saoirse Sinéad"),
        _names("Cian Cillian Conor Darragh Eoin Finn Lorcan Oisín Ronan Seán"),
        _names("Brannigan Carmody Costello Devaney Fallon Gilligan Keane Mulcahy O'Rourke Tierney"),
    ),
    Community(
        "traveller",
        0.5,
        "WIRT",
        _names("Bridget Kathleen Margaret Mary Noreen Shania Theresa"),
        _names("Felix Jimmy Johnny Martin Miley Patrick Paddy"),
        _names("Cash Connors Delaney Doran Maughan McDonagh Ward"),
    ),
    Community(
        "roma",
        0.4,
        "WROM",
        _names("Denisa Esmeralda Florina Loredana Mirela Ramona"),
        _names("Alin Costel Florin Ionut Marius Vasile"),
        _names("Calderari Ciuraru Dumitru Lacatus Muntean Rostas"),
        ("rom", "ron", "eng"),
    ),
    Community(
        "white_and_black_caribbean",
        6.3,
        "MWBC",
        _names("Alexia Amara Bella Chantelle Elise Gabrielle Jade Kiera Lola Mya Skye Tiana"),
        _names("Aaron Ashton Corey Dominic Jayden Kai Kane Mason Rio Sonny Tyrell Zane"),
        (*WHITE_BRITISH_FAMILIES[:18], "Beckford", "Campbell", "Grant", "Reid", "Spence"),
    ),
    Community(
        "white_and_black_african",
        2.9,
        "MWBA",
        _names("Adele Eden Esme Isabelle Nia Safiya Thea Zoe"),
        _names("Caleb Elias Gabriel Isaac Luca Nathaniel Rafael Zach"),
        (*WHITE_BRITISH_FAMILIES[10:24], "Mensah", "Okafor", "Adeyemi", "Kamara"),
    ),
    Community(
        "white_and_asian",
        1.7,
        "MWAS",
        _names("Anya Jasmin Leila Maya Nina Priya Sara Tara"),
        _names("Adam Arun Jai Kiran Nikhil Rohan Sami Zayn"),
        (*WHITE_BRITISH_FAMILIES[20:32], "Khan", "Sharma", "Rahman"),
    ),
    Community(
        "other_mixed",
        4.2,
        "MOTH",
        _names("Alma Camila Ines Luna Noor Paloma Valentina Yasmin"),
        _names("Diego Emil Hugo Marco Mateo Nico Rafa Tomas"),
        _names("Castillo Duval Fontaine Herrera Medina Moreno Navarro Rosa Silva Vega"),
    ),
    Community(
        "indian",
        1.3,
        "AIND",
        _names("Aditi Ananya Diya Isha Kavya Meera Neha Pooja Riya Simran"),
        _names("Aarav Arjun Dev Ishaan Karan Manav Rahul Rohan Vikram Vivek"),
        _names("Agarwal Bhatt Chauhan Desai Gill Iyer Joshi Mistry Nair Patel Sandhu Shah"),
        ("eng", "guj", "pan", "hin"),
        ("hindu", "sikh", "muslim"),
    ),
    Community(
        "pakistani",
        1.1,
        "APKN",
        _names("Aisha Alina Fatima Hira Iqra Khadija Maryam Sana Zoya"),
        _names("Ahmad Bilal Faisal Hamza Imran Mohammed Muhammad Omar Usman Zain"),
        _names("Akhtar Ali Aziz Butt Hussain Iqbal Khan Malik Mirza Qureshi Sheikh"),
        ("urd", "pan", "eng"),
        ("muslim",),
    ),
    Community(
        "bangladeshi",
        1.4,
        "ABAN",
        _names("Anika Farzana Jannat Maliha Nusrat Rumana Sadia Tahmina Tasnim"),
        _names("Abdul Arif Farhan Habib Jamil Mahir Rafi Shafiq Tanvir"),
        _names("Ahmed Begum Chowdhury Hoque Islam Miah Rahman Sarkar Uddin"),
        ("ben", "eng"),
        ("muslim",),
    ),
    Community(
        "other_asian",
        2.2,
        "AOTH",
        _names("Abinaya Dilini Laxmi Mina Nilani Parisa Sunita Tharani Yalda"),
        _names("Aryan Basir Hamid Kavin Milan Navid Prakash Ruwan Suresh"),
        _names("Ahmadi Fernando Gurung Karimi Nadesan Perera Rai Selvan Thapa Wardak"),
        ("tam", "nep", "pus", "fas", "eng"),
        ("hindu", "muslim", "buddhist"),
    ),
    Community(
        "chinese",
        1.0,
        "CHNE",
        _names("Jiayi Lihua Mei Ruoxi Xinyi Yan Ying"),
        _names("Bo Haoran Jun Ming Wei Xiang Zihan"),
        _names("Chan Chen Huang Lam Li Lin Wong Xu Zhang Zhou"),
        ("zho", "eng"),
        ("none", "buddhist"),
    ),
    Community(
        "latin_american",
        2.4,
        "OOTH",
        _names("Alejandra Camila Daniela Gabriela Luciana Mariana Paola Valeria Ximena"),
        _names("Andrés Carlos Emiliano Felipe Javier Joaquín Luis Santiago Sebastián"),
        _names("Aguilar Bermúdez Cifuentes Guzmán Londoño Mamani Ospina Quispe Rojas Vargas"),
        ("spa", "por", "eng"),
    ),
    Community(
        "arab_and_other",
        2.0,
        "OOTH",
        _names("Amal Dalia Huda Layla Nadia Rania Salma Yara"),
        _names("Ali Anas Hadi Karim Nasser Rami Tariq Ziad"),
        _names("Aziz Benali Haddad Jaber Mansour Nassar Saleh Zidan"),
        ("ara", "kmr", "eng"),
        ("muslim", "christian"),
    ),
)

# Two words make a street: the borough has 240 of them.
STREETS = _names(
    "Alder Beacon Cloister Dyer Eel Ferry Glebe Heron Ings Jubilee Kiln Lode Maltings Nene "
    "Osier Paddock Quay Reed Sluice Tanner Union Vine Weir Yarrow"
)
KINDS_OF_STREET = _names("Street Road Lane Close Gardens Court Way Terrace Rise Walk")
