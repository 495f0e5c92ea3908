// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICertificateCatalog} from "./interfaces/ICertificateCatalog.sol";
import {Codes} from "./test/Codes.t.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

contract CertificateCatalogTest is Deployment {
    function test_theFirstVersionCreatesTheTypeAndTellsEverything() public {
        ICertificateCatalog.Publication memory p = _publication();
        vm.expectEmit(address(catalog));
        emit ICertificateCatalog.TypePublished(
            TYPE,
            COUNTRY,
            1,
            1,
            p.schemaHash,
            p.name,
            p.nameEn,
            p.alwaysDisclosed,
            p.uri,
            BASIS,
            NATION,
            1
        );
        vm.prank(NATION);
        uint16 version = catalog.publishType(TYPE, COUNTRY, p, BASIS);

        vm.assertEq(version, 1);
        vm.assertEq(catalog.schemaHashOf(TYPE, 1), p.schemaHash);
        vm.assertTrue(catalog.typeCodeOf(1) == TYPE);
        _assertType(TYPE, ICertificateCatalog.CertificateType(1, COUNTRY, 1, false));
    }

    function test_theNextVersionKeepsTheNumberAndTheOlderSchema() public {
        _publish(TYPE);
        ICertificateCatalog.Publication memory p = _publication();
        p.schemaHash = keccak256("schema 2");
        vm.prank(NATION);
        vm.assertEq(catalog.publishType(TYPE, COUNTRY, p, BASIS), 2);

        vm.assertEq(catalog.schemaHashOf(TYPE, 1), keccak256("schema"));
        vm.assertEq(catalog.schemaHashOf(TYPE, 2), keccak256("schema 2"));
        _assertType(TYPE, ICertificateCatalog.CertificateType(1, COUNTRY, 2, false));
        vm.assertEq(catalog.sequence(), 2);
    }

    function test_typesAreNumberedFromOneInTheOrderOfTheirCreation() public {
        _publish(TYPE);
        _publish(OTHER_TYPE);
        vm.assertTrue(catalog.typeCodeOf(1) == TYPE);
        vm.assertTrue(catalog.typeCodeOf(2) == OTHER_TYPE);
        vm.assertTrue(catalog.typeCodeOf(0) == 0);
        vm.assertTrue(catalog.typeCodeOf(3) == 0);
    }

    function test_anUnknownTypeIsAllZero() public view {
        _assertType(TYPE, ICertificateCatalog.CertificateType(0, 0, 0, false));
        vm.assertEq(catalog.schemaHashOf(TYPE, 1), 0);
    }

    function test_aCityPublishesItsLocalType() public {
        _publishLocally(CITY, SANYA);
        _assertType(TYPE, ICertificateCatalog.CertificateType(1, SANYA, 1, false));
    }

    function test_theAuthoritiesAboveACityPublishForIt() public {
        _publishLocally(PROVINCE, SANYA);
        _publishLocally(NATION, SANYA);
        vm.assertEq(catalog.typeOf(TYPE).latestVersion, 2);
    }

    function test_nobodyElsePublishesForACity() public {
        _refuseLocally(DISTRICT, SANYA);
        _refuseLocally(NEIGHBOUR_CITY, SANYA);
        _refuseLocally(NEIGHBOUR_PROVINCE, SANYA);
        _refuseLocally(STRANGER, SANYA);
    }

    function test_onlyTheNationalAuthorityPublishesNationalTypes() public {
        _refuseLocally(PROVINCE, COUNTRY);
        _refuseLocally(STRANGER, COUNTRY);
        _publishLocally(NATION, COUNTRY);
    }

    function test_aTypeStaysInTheRegionOfItsFirstVersion() public {
        _publishLocally(CITY, SANYA);
        vm.expectRevert(
            abi.encodeWithSelector(
                ICertificateCatalog.CertificateCatalogOtherRegion.selector,
                TYPE,
                SANYA
            )
        );
        _publishLocally(NATION, HAINAN);
    }

    function test_anInvalidRegionIsRefused() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                ICertificateCatalog.CertificateCatalogInvalidRegion.selector,
                uint24(460001)
            )
        );
        _publishLocally(NATION, 460001);
    }

    function test_aTypeCodeWithABadCheckCharacterIsRefused() public {
        _refuseCode(bytes21("111000000000123450001"));
    }

    function test_aTypeCodeThatDoesNotEndInThreeDigitsIsRefused() public {
        _refuseCode(Codes.typeCode("11100000000012345", "A01"));
        _refuseCode(Codes.typeCode("11100000000012345", "0/1"));
        _refuseCode(Codes.typeCode("11100000000012345", "00:"));
        _refuseCode(Codes.typeCode("11100000000012345", ""));
        _refuseCode(bytes21(0));
    }

    function test_retiringATypeEndsItsVersions() public {
        _publish(TYPE);
        vm.expectEmit(address(catalog));
        emit ICertificateCatalog.TypeRetired(TYPE, BASIS, NATION, 2);
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);

        _assertType(TYPE, ICertificateCatalog.CertificateType(1, COUNTRY, 1, true));
        _expectRetired();
        _publishLocally(NATION, COUNTRY);
    }

    function test_aRetiredTypeIsNotRetiredAgain() public {
        _publish(TYPE);
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);
        _expectRetired();
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);
    }

    function test_anUnknownTypeIsNotRetired() public {
        vm.expectRevert(
            abi.encodeWithSelector(ICertificateCatalog.CertificateCatalogUnknownType.selector, TYPE)
        );
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);
    }

    function test_onlyAnAuthorityOverTheTypesRegionRetiresIt() public {
        _publishLocally(CITY, SANYA);
        _expectUnauthorised(NEIGHBOUR_CITY, SANYA);
        vm.prank(NEIGHBOUR_CITY);
        catalog.retireType(TYPE, BASIS);

        vm.prank(PROVINCE);
        catalog.retireType(TYPE, BASIS);
    }

    function _publishLocally(address caller, uint24 region) private {
        vm.prank(caller);
        catalog.publishType(TYPE, region, _publication(), BASIS);
    }

    function _refuseLocally(address caller, uint24 region) private {
        _expectUnauthorised(caller, region);
        _publishLocally(caller, region);
    }

    function _refuseCode(bytes21 code) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                ICertificateCatalog.CertificateCatalogMalformedType.selector,
                code
            )
        );
        vm.prank(NATION);
        catalog.publishType(code, COUNTRY, _publication(), BASIS);
    }

    function _expectRetired() private {
        vm.expectRevert(
            abi.encodeWithSelector(ICertificateCatalog.CertificateCatalogRetiredType.selector, TYPE)
        );
    }

    function _assertType(
        bytes21 code,
        ICertificateCatalog.CertificateType memory expected
    ) private view {
        vm.assertEq(keccak256(abi.encode(catalog.typeOf(code))), keccak256(abi.encode(expected)));
    }
}
