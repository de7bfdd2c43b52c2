"""Every member of the United Nations has its leaders since 1990, with the years that REIGN (MIT) gives to March 2021.

The table is our own: how many leaders REIGN counts in a state, and of two of them our name and the year they began in.
"""

import pytest

from kg.gazetteer import Gazetteer
from kg.gazetteer_files import load_gazetteer
from kg.model import Kind
from tests.kg.test_gazetteer import MEMBERS

LEADING = {"head of state", "head of government", "leader"}
LEADERS = """
AFG 6: 1992 Burhanuddin Rabbani; 2014 Ashraf Ghani
AGO 2: 1979 José Eduardo dos Santos; 2017 João Lourenço
ALB 6: 1985 Ramiz Alia; 2013 Edi Rama
AND 8: 1984 Josep Pintat-Solans; 2019 Xavier Espot Zamora
ARE 2: 2004 Khalifa bin Zayed Al Nahyan
ARG 8: 1989 Carlos Menem; 2019 Alberto Fernández
ARM 5: 1991 Levon Ter-Petrosyan; 2018 Nikol Pashinyan
ATG 4: 1981 Vere Bird; 2014 Gaston Browne
AUS 8: 1983 Bob Hawke; 2018 Scott Morrison
AUT 10: 1986 Franz Vranitzky; 2020 Sebastian Kurz
AZE 6: 1991 Ayaz Mutallibov; 2003 Ilham Aliyev
BDI 9: 1987 Pierre Buyoya; 2020 Évariste Ndayishimiye
BEL 9: 1981 Wilfried Martens; 2020 Alexander De Croo
BEN 4: 1972 Mathieu Kérékou; 2016 Patrice Talon
BFA 4: 2014 Isaac Zida; 2015 Roch Marc Christian Kaboré
BGD 8: 1982 Hussain Muhammad Ershad; 2009 Sheikh Hasina
BGR 17: 1989 Petar Mladenov; 2017 Ognyan Gerdzhikov
BHR 2: 1999 Hamad bin Isa Al Khalifa
BHS 5: 1973 Lynden Pindling; 2017 Hubert Minnis
BIH 19: 1992 Alija Izetbegović; 2020 Šefik Džaferović
BLR 3: 1991 Stanislav Shushkevich; 1994 Myechyslaw Hryb
BLZ 5: 1989 George Price; 2020 Johnny Briceño
BOL 9: 1989 Jaime Paz Zamora; 2020 Luis Arce
BRA 8: 1990 Fernando Collor de Mello; 2019 Jair Bolsonaro
BRB 5: 1987 Erskine Sandiford; 2018 Mia Mottley
BRN 1: 1967 Hassanal Bolkiah
BTN 10: 1972 Jigme Singye Wangchuck; 2018 Tshering Wangchuk
BWA 4: 1980 Quett Masire; 2018 Mokgweetsi Masisi
CAF 7: 1981 André Kolingba; 2016 Faustin-Archange Touadéra
CAN 6: 1984 Brian Mulroney; 2015 Justin Trudeau
CHE 22: 1990 Arnold Koller; 2021 Guy Parmelin
CHL 6: 1973 Augusto Pinochet; 2018 Sebastián Piñera
CHN 4: 2003 Hu Jintao; 2012 Xi Jinping
CIV 5: 1960 Félix Houphouët-Boigny; 2011 Alassane Ouattara
CMR 1: 1982 Paul Biya
COD 4: 1965 Mobutu Sese Seko; 2019 Félix Tshisekedi
COG 2: 1979 Denis Sassou Nguesso; 1997 Denis Sassou Nguesso
COL 7: 1986 Virgilio Barco; 2018 Iván Duque
COM 10: 1989 Said Mohamed Djohar; 2019 Moustadroine Abdou
CPV 5: 1975 Pedro Pires; 2016 Ulisses Correia e Silva
CRI 8: 1986 Óscar Arias; 2018 Carlos Alvarado Quesada
CUB 2: 1959 Fidel Castro; 2008 Raúl Castro
CYP 5: 1988 George Vassiliou; 2013 Nikos Anastasiadis
CZE 13: 1993 Václav Klaus; 2017 Andrej Babiš
DEU 3: 1982 Helmut Kohl; 2005 Angela Merkel
DJI 2: 1977 Hassan Gouled Aptidon; 1999 Ismaïl Omar Guelleh
DMA 5: 1980 Eugenia Charles; 2004 Roosevelt Skerrit
DNK 7: 1982 Poul Schlüter; 2019 Mette Frederiksen
DOM 5: 1986 Joaquín Balaguer; 2020 Luis Abinader
DZA 7: 1979 Chadli Bendjedid; 2019 Abdelmadjid Tebboune
ECU 10: 1988 Rodrigo Borja; 2017 Lenín Moreno
EGY 5: 1981 Hosni Mubarak; 2014 Abdel Fattah el-Sisi
ERI 1: 1993 Isaias Afwerki
ESP 5: 1982 Felipe González; 2018 Pedro Sánchez
EST 11: 1992 Mart Laar; 2021 Kaja Kallas
ETH 5: 1977 Mengistu Haile Mariam; 2018 Abiy Ahmed
FIN 11: 1981 Mauno Koivisto; 2019 Sanna Marin
FJI 6: 1987 Kamisese Mara; 2007 Frank Bainimarama
FRA 5: 1995 Jacques Chirac; 2017 Emmanuel Macron
FSM 8: 1987 John Haglelgam; 2019 David Panuelo
GAB 3: 1967 Omar Bongo; 2009 Rose Francine Rogombé
GBR 7: 1979 Margaret Thatcher; 2019 Boris Johnson
GEO 10: 1991 Zviad Gamsakhurdia; 2021 Irakli Garibashvili
GHA 5: 1981 Jerry Rawlings; 2017 Nana Akufo-Addo
GIN 4: 1984 Lansana Conté; 2010 Alpha Condé
GMB 3: 1965 Dawda Jawara; 2017 Adama Barrow
GNB 11: 1980 João Bernardo Vieira; 2020 Umaro Sissoco Embaló
GNQ 1: 1979 Teodoro Obiang Nguema Mbasogo
GRC 12: 1989 Xenophon Zolotas; 2019 Kyriakos Mitsotakis
GRD 5: 1989 Ben Jones; 2013 Keith Mitchell
GTM 11: 1986 Vinicio Cerezo; 2020 Alejandro Giammattei
GUY 8: 1985 Desmond Hoyte; 2020 Irfaan Ali
HND 9: 1986 José Azcona del Hoyo; 2014 Juan Orlando Hernández
HRV 10: 1999 Vlatko Pavletić; 2016 Tihomir Orešković
HTI 10: 1988 Prosper Avril; 2017 Jovenel Moïse
HUN 8: 1989 Mátyás Szűrös; 2010 Viktor Orbán
IDN 6: 1998 B. J. Habibie; 2014 Joko Widodo
IND 8: 1989 Vishwanath Pratap Singh; 2014 Narendra Modi
IRL 8: 1987 Charles Haughey; 2020 Micheál Martin
IRN 4: 1989 Akbar Hashemi Rafsanjani; 2013 Hassan Rouhani
IRQ 10: 1979 Saddam Hussein; 2020 Mustafa al-Kadhimi
ISL 9: 1988 Steingrímur Hermannsson; 2017 Bjarni Benediktsson
ISR 7: 1986 Yitzhak Shamir; 2009 Benjamin Netanyahu
ITA 13: 1989 Giulio Andreotti; 2021 Mario Draghi
JAM 5: 1989 Michael Manley; 2016 Andrew Holness
JOR 2: 1952 Hussein of Jordan; 1999 Abdullah II
JPN 16: 1989 Toshiki Kaifu; 2020 Yoshihide Suga
KAZ 2: 1990 Nursultan Nazarbayev; 2019 Kassym-Jomart Tokayev
KEN 3: 1978 Daniel arap Moi; 2013 Uhuru Kenyatta
KGZ 7: 1990 Askar Akayev; 2021 Sadyr Japarov
KHM 2: 1985 Hun Sen; 1993 Norodom Ranariddh
KIR 5: 1979 Ieremia Tabai; 2003 Anote Tong
KNA 3: 1983 Kennedy Simmonds; 2015 Timothy Harris
KOR 8: 1988 Roh Tae-woo; 2017 Moon Jae-in
KWT 5: 1978 Jaber Al-Ahmad Al-Jaber Al-Sabah; 2020 Nawaf Al-Ahmad Al-Jaber Al-Sabah
LAO 6: 2006 Choummaly Sayasone; 2021 Thongloun Sisoulith
LBN 8: 1989 Elias Hrawi; 2016 Michel Aoun
LBR 10: 1980 Samuel Doe; 2018 George Weah
LBY 7: 1969 Muammar Gaddafi; 2016 Fayez al-Sarraj
LCA 5: 1982 John Compton; 2016 Allen Chastanet
LIE 1: 1989 Hans-Adam II
LKA 6: 1989 Ranasinghe Premadasa; 2019 Mahinda Rajapaksa
LSO 7: 1986 Justin Lekhanya; 2020 Moeketsi Majoro
LTU 7: 1990 Vytautas Landsbergis; 2019 Gitanas Nausėda
LUX 3: 1984 Jacques Santer; 2013 Xavier Bettel
LVA 14: 1990 Ivars Godmanis; 2019 Krišjānis Kariņš
MAR 2: 1961 Hassan II
MCO 2: 1949 Rainier III; 2005 Albert II of Monaco
MDA 15: 1990 Mircea Snegur; 2019 Pavel Filip
MDG 7: 1975 Didier Ratsiraka; 2019 Andry Rajoelina
MDV 5: 1978 Maumoon Abdul Gayoom; 2018 Ibrahim Mohamed Solih
MEX 6: 1988 Carlos Salinas de Gortari; 2018 Andrés Manuel López Obrador
MHL 11: 1979 Amata Kabua; 2020 David Kabua
MKD 10: 1991 Nikola Kljusev; 2020 Zoran Zaev
MLI 7: 1968 Moussa Traoré; 2020 Bah N'Daw
MLT 5: 1987 Eddie Fenech Adami; 2020 Robert Abela
MMR 5: 1988 Saw Maung; 2021 Min Aung Hlaing
MNE 5: 2006 Milo Đukanović; 2020 Zdravko Krivokapić
MNG 6: 1984 Jambyn Batmönkh; 2017 Khaltmaagiin Battulga
MOZ 3: 1986 Joaquim Chissano; 2005 Armando Guebuza
MRT 6: 1984 Maaouya Ould Sid'Ahmed Taya; 2019 Mohamed Ould Ghazouani
MUS 4: 1982 Anerood Jugnauth; 2017 Pravind Jugnauth
MWI 5: 1964 Hastings Banda; 2014 Peter Mutharika
MYS 5: 1981 Mahathir Mohamad; 2020 Muhyiddin Yassin
NAM 3: 1990 Sam Nujoma; 2015 Hage Geingob
NER 7: 1993 Mahamane Ousmane; 2011 Mahamadou Issoufou
NGA 8: 1985 Ibrahim Babangida; 2015 Muhammadu Buhari
NIC 4: 1979 Daniel Ortega; 2007 Daniel Ortega
NLD 4: 1982 Ruud Lubbers; 2010 Mark Rutte
NOR 7: 1989 Jan P. Syse; 2013 Erna Solberg
NPL 16: 1972 Birendra; 2018 K. P. Sharma Oli
NRU 12: 1989 Bernard Dowiyogo; 2019 Lionel Aingimea
NZL 8: 1989 Geoffrey Palmer; 2017 Jacinda Ardern
OMN 2: 1970 Qaboos bin Said; 2020 Haitham bin Tariq
PAK 12: 1988 Benazir Bhutto; 2018 Nasirul Mulk
PAN 8: 1983 Manuel Noriega; 2019 Laurentino Cortizo
PER 9: 1985 Alan García; 2020 Manuel Merino
PHL 6: 1986 Corazon Aquino; 2016 Rodrigo Duterte
PLW 5: 1989 Ngiratkel Etpison; 2021 Surangel Whipps Jr.
PNG 8: 1988 Rabbie Namaliu; 2019 James Marape
POL 7: 1981 Wojciech Jaruzelski; 2015 Andrzej Duda
PRK 3: 1948 Kim Il Sung; 2011 Kim Jong Un
PRT 4: 1986 Mário Soares; 2016 Marcelo Rebelo de Sousa
PRY 9: 1989 Andrés Rodríguez; 2018 Mario Abdo Benítez
QAT 3: 1972 Khalifa bin Hamad Al Thani; 2013 Tamim bin Hamad Al Thani
ROU 13: 1989 Petre Roman; 2014 Klaus Iohannis
RUS 3: 1991 Boris Yeltsin
RWA 3: 1973 Juvénal Habyarimana; 1994 Théodore Sindikubwabo
SAU 3: 1982 Fahd of Saudi Arabia; 2015 Salman of Saudi Arabia
SDN 3: 1989 Omar al-Bashir; 2019 Ahmed Awad Ibn Auf
SEN 3: 1981 Abdou Diouf; 2012 Macky Sall
SGP 3: 1965 Lee Kuan Yew; 2004 Lee Hsien Loong
SLB 10: 1989 Solomon Mamaloni; 2019 Manasseh Sogavare
SLE 6: 1985 Joseph Saidu Momoh; 2018 Julius Maada Bio
SLV 7: 1989 Alfredo Cristiani; 2019 Nayib Bukele
SMR 63: 1989 Gloriana Ranocchini; 2020 Mirko Dolcini
SOM 3: 1969 Siad Barre; 2017 Mohamed Abdullahi Mohamed
SRB 8: 1989 Slobodan Milošević; 2017 Ana Brnabić
SSD 1: 2011 Salva Kiir
STP 6: 1975 Manuel Pinto da Costa; 2016 Evaristo Carvalho
SUR 6: 1988 Ramsewak Shankar; 2020 Chan Santokhi
SVK 7: 1993 Vladimír Mečiar; 2020 Igor Matovič
SVN 10: 1992 Janez Drnovšek; 2020 Janez Janša
SWE 5: 1986 Ingvar Carlsson; 2014 Stefan Löfven
SWZ 1: 1986 Mswati III
SYC 4: 1977 France-Albert René; 2020 Wavel Ramkalawan
SYR 2: 1971 Hafez al-Assad; 2000 Bashar al-Assad
TCD 2: 1982 Hissène Habré; 1990 Idriss Déby
TGO 3: 1967 Gnassingbé Eyadéma; 2005 Faure Gnassingbé
THA 15: 1988 Chatichai Choonhavan; 2014 Prayut Chan-o-cha
TJK 4: 1991 Qadriddin Aslonov; 1992 Emomali Rahmon
TKM 2: 1990 Saparmurat Niyazov
TLS 5: 2002 Xanana Gusmão; 2017 Francisco Guterres
TON 8: 1970 Fatafehi Tuʻipelehake; 2019 Semisi Sika
TTO 5: 1986 A. N. R. Robinson; 2015 Keith Rowley
TUN 6: 1987 Zine El Abidine Ben Ali; 2019 Mohamed Ennaceur
TUR 9: 1989 Yıldırım Akbulut; 2003 Recep Tayyip Erdoğan
TUV 11: 1989 Bikenibeu Paeniu; 2019 Kausea Natano
TZA 4: 1985 Ali Hassan Mwinyi; 2015 John Magufuli
UGA 1: 1986 Yoweri Museveni
UKR 7: 1994 Leonid Kuchma; 2019 Volodymyr Zelenskyy
URY 6: 1985 Julio María Sanguinetti; 2020 Luis Lacalle Pou
USA 6: 1989 George H. W. Bush; 2021 Joe Biden
UZB 2: 1990 Islam Karimov; 2016 Shavkat Mirziyoyev
VCT 3: 1984 James Mitchell; 2001 Ralph Gonsalves
VEN 6: 1989 Carlos Andrés Pérez; 2013 Nicolás Maduro
VNM 5: 1986 Nguyen Van Linh; 2011 Nguyen Phu Trong
VUT 11: 1980 Walter Lini; 2020 Bob Loughman
WSM 2: 1988 Tofilau Eti Alesana; 1998 Tuilaepa Aiono Sailele Malielegaoi
YEM 4: 1990 Ali Abdullah Saleh; 2012 Abdrabbuh Mansur Hadi
ZAF 6: 1994 Nelson Mandela; 2018 Cyril Ramaphosa
ZMB 7: 1964 Kenneth Kaunda; 2015 Edgar Lungu
ZWE 2: 2017 Emmerson Mnangagwa
"""


def leaders(gazetteer: Gazetteer, code: str) -> dict[str, set[str]]:
    """Names of those who led a state between 1990 and March 2021, each with the years they began in."""
    state = next(
        entry.id for entry in gazetteer.entries.values() if entry.country == code and entry.kind is Kind.COUNTRY
    )
    found: dict[str, set[str]] = {}
    for entry in gazetteer.entries.values():
        for office in entry.offices:
            past = (office.end or "9") >= "1990" and (office.start or "9") <= "2021-03-31"
            if office.of == state and office.role in LEADING and past:
                found.setdefault(entry.name, set()).add((office.start or "")[:4])
    return found


def test_the_table_has_every_member() -> None:
    assert [line.split()[0] for line in LEADERS.strip().splitlines()] == sorted(MEMBERS)


@pytest.mark.parametrize("line", LEADERS.strip().splitlines(), ids=lambda line: line[:3])
def test_leaders_since_1990(line: str) -> None:
    head, _, samples = line.partition(": ")
    code, count = head.split()
    found = leaders(load_gazetteer(), code)
    assert len(found) >= int(count)
    for sample in samples.split("; "):
        year, _, name = sample.partition(" ")
        assert year in found[name]
